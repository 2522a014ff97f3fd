// Filters and opens. The page is whole without it.
(() => {
  'use strict';
  const stories = [...document.querySelectorAll('.story')];
  const byId = (id) => document.getElementById(id);
  const form = byId('filters');

  // what a link leads to is opened, however deep it stands
  const reveal = () => {
    const target = location.hash.length > 1 && byId(location.hash.slice(1));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.localName === 'details') node.open = true;
      if (node.classList.contains('story')) {
        node.hidden = false;
        node.firstElementChild.open = true;
      }
    }
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);

  if (form && stories.length) {
    form.hidden = false;
    const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    // made at the first search: not everybody searches
    let index = null;
    const read = (story) => [...story.querySelectorAll('summary h3, summary .about, .text, .carriers > tbody > tr > th')]
      .map((part) => part.textContent).join(' ');
    const number = (text) => text.toLocaleString('en');
    const apply = () => {
      const words = plain(byId('find').value).split(/\s+/).filter(Boolean);
      const agency = byId('agency').value;
      const copies = Number(byId('copies').value) || 0;
      const uncredited = byId('uncredited').checked;
      if (words.length && !index) index = stories.map((story) => plain(read(story)));
      let shown = 0;
      stories.forEach((story, at) => {
        const fits = (!agency || story.dataset.agency === agency)
          && Number(story.dataset.copies) >= copies
          && (!uncredited || 'uncredited' in story.dataset)
          && words.every((word) => index[at].includes(word));
        if (story.hidden === fits) story.hidden = !fits;
        shown += fits;
      });
      byId('shown').textContent = `${number(shown)} of ${number(stories.length)} stories`;
      byId('toggle').disabled = shown === 0;
      byId('toggle').textContent = label(closed, shown);
    };
    let waiting = 0;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
    form.addEventListener('input', later);
    form.addEventListener('submit', (event) => { event.preventDefault(); apply(); });
    form.addEventListener('reset', () => setTimeout(apply));
    // so many at once that a browser still answers
    const MOST = 200;
    const label = (closed, shown) => (closed ? (shown > MOST ? `Open the first ${MOST}` : 'Open all') : 'Close all');
    let closed = true;
    byId('toggle').addEventListener('click', (event) => {
      const shown = stories.filter((story) => !story.hidden);
      for (const story of closed ? shown.slice(0, MOST) : shown) story.firstElementChild.open = closed;
      closed = !closed;
      event.target.textContent = label(closed, shown.length);
    });
    addEventListener('keydown', (event) => {
      const typing = event.target.closest?.('input, select, textarea');
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        byId('find').focus();
      }
    });
    apply();
  }
  reveal();
})();
