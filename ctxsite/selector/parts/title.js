// The page's title follows its variant.
{
  const decide = $.decide_;

  $.decide_ = () => {
    decide();
    document.title = $.t[/** @type {NonNullable<Engine['decisions']>} */ ($.decisions).page] ?? document.title;
  };
}
