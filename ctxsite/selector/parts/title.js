// The page's title follows its variant.
{
  const { title } = document;
  const decide = $.decide_;

  $.decide_ = () => {
    decide();
    const shown = $.t?.[/** @type {Decisions} */ ($.decisions).page] ?? title;
    if (shown) document.title = shown;
  };
}
