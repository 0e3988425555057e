// The language and direction of the page's text follow its variant, where that is written in another language.
{
  const decide = $.decide_;

  $.decide_ = () => {
    decide();
    Object.assign(document.documentElement, $.l?.[/** @type {Decisions} */ ($.decisions).page]);
  };
}
