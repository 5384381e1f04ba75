(() => {
  'use strict';
  const findings = [...document.querySelectorAll('.finding')];
  const byId = id => document.getElementById(id);
  const words = { accept: 'accepted', fix: 'to be fixed' };
  let place = -1;

  const tell = () => {
    const finding = findings[place];
    const mark = finding.dataset.marked;
    byId('position').textContent = `Finding ${place + 1} of ${findings.length}: ${finding.querySelector('p').textContent}${mark ? `, marked as ${words[mark]}` : ''}`;
  };

  const go = to => {
    place = Math.min(Math.max(to, 0), findings.length - 1);
    findings[place].focus({ preventScroll: true });
    findings[place].scrollIntoView({ block: 'nearest' });
    tell();
  };

  // The command lines name each finding once: two copies of an image have findings of one name.
  const list = () => {
    for (const [mark, nothing, count] of [['accept', 'Nothing is marked as accepted.', 'Accept'], ['fix', 'Nothing is marked to be fixed.', 'Fix']]) {
      const names = [...new Set(findings.filter(finding => finding.dataset.marked === mark).map(finding => finding.dataset.id))];
      byId(mark).textContent = names.length ? `${byId(mark).dataset.command} ${names.join(' ')}` : nothing;
      byId(`${mark}Count`).textContent = names.length ? `${count} ${names.length}` : count;
    }
  };

  const set = (finding, as) => {
    if (as) finding.dataset.marked = as;
    else delete finding.dataset.marked;
    for (const button of finding.querySelectorAll('[data-mark]')) button.setAttribute('aria-pressed', button.dataset.mark === as);
  };

  // The marks are in the address, so they are still there where the page is loaded again, also as the next build writes it.
  const remember = () => {
    const names = as => findings.filter(finding => finding.dataset.marked === as).map(finding => finding.dataset.id).join('.');
    history.replaceState(null, '', `#accept=${names('accept')}&fix=${names('fix')}`);
  };

  const recall = () => {
    const marked = new URLSearchParams(location.hash.slice(1));
    for (const as of ['accept', 'fix']) {
      const names = new Set((marked.get(as) ?? '').split('.'));
      for (const finding of findings) if (names.has(finding.dataset.id)) set(finding, as);
    }
    list();
  };

  const mark = (finding, as) => {
    set(finding, finding.dataset.marked === as ? undefined : as);
    place = findings.indexOf(finding);
    list();
    remember();
    tell();
  };

  for (const [index, finding] of findings.entries()) {
    finding.addEventListener('focusin', () => { place = index; });
    for (const button of finding.querySelectorAll('[data-mark]')) button.addEventListener('click', () => mark(finding, button.dataset.mark));
  }

  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('code')) return;
    const actions = {
      j: () => go(place + 1), ArrowDown: () => go(place + 1), k: () => go(place - 1), ArrowUp: () => go(place - 1),
      a: () => place >= 0 && mark(findings[place], 'accept'), f: () => place >= 0 && mark(findings[place], 'fix'),
    };
    if (actions[event.key]) { actions[event.key](); event.preventDefault(); }
  });

  recall();

  for (const button of document.querySelectorAll('[data-copy]')) button.addEventListener('click', () => {
    getSelection().selectAllChildren(byId(button.dataset.copy));
    navigator.clipboard?.writeText(byId(button.dataset.copy).textContent).catch(() => {}); // What is selected can be copied by hand.
  });
})();
