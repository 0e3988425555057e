// Signal `visit`: `new` throughout the first session, `returning` in later ones; unknown where nothing may be
// remembered. A visit is forgotten after a year.
$.visit = () => {
  const index = $.index_();
  if (!$.allowed_(index)) return;
  let visit = sessionStorage.getItem('ctxsite');
  if (visit != 'new' && visit != 'returning') {
    visit = Number(index.visit) > Date.now() ? 'returning' : 'new';
    sessionStorage.setItem('ctxsite', visit);
  }
  index.visit = Date.now() + 365 * 864e5;
  $.save_(index);
  return visit;
};
