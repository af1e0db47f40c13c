/* Keys on tables, the count on the send button. Everything works without this file. */
(() => {
  const rows = () => [...document.querySelectorAll('table[data-keys] tr[data-row]')];
  const here = () => document.querySelector('tr[data-here]');

  function go(step) {
    const all = rows();
    if (all.length === 0) return;
    const at = all.indexOf(here());
    const next = all[Math.min(all.length - 1, Math.max(0, at === -1 ? 0 : at + step))];
    here()?.removeAttribute('data-here');
    next.setAttribute('data-here', '');
    next.scrollIntoView({ block: 'nearest' });
  }

  function help() {
    const open = document.querySelector('dialog.keys-help');
    if (open) return open.remove();
    const dialog = document.createElement('dialog');
    dialog.className = 'keys-help';
    dialog.setAttribute('aria-label', 'Keys');
    const list = [
      ['j', 'next row'],
      ['k', 'row before'],
      ['Enter', 'open the row'],
      ['x', 'select the row'],
      ['?', 'show or close this'],
    ];
    for (const [key, words] of list) {
      const line = document.createElement('p');
      const mark = document.createElement('kbd');
      mark.textContent = key;
      line.append(mark, ` ${words}`);
      dialog.append(line);
    }
    dialog.addEventListener('close', () => dialog.remove());
    dialog.addEventListener('click', () => dialog.close());
    document.body.append(dialog);
    dialog.showModal();
  }

  const actions = {
    j: () => go(1),
    k: () => go(-1),
    Enter: () => here()?.querySelector('a.rowlink')?.click(),
    x: () => here()?.querySelector('input[type=checkbox]')?.click(),
    '?': help,
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target instanceof HTMLElement && target.closest('input, select, textarea, button, a, summary')) {
      // a checkbox keeps the keys of the table, anything one types into doesn't
      if (!(target instanceof HTMLInputElement && target.type === 'checkbox') || event.key === 'Enter')
        return;
    }
    const action = actions[event.key];
    if (!action) return;
    action();
    if (event.key !== 'Enter') event.preventDefault();
  });

  // the boxes stand in the rows, outside the form they belong to
  const boxesOf = (form) => [...form.elements].filter((one) => one.name === 'touch');
  // a final notice or an announcement is ticked by hand, not by "select all"
  const togetherOf = (form) => boxesOf(form).filter((box) => !('byName' in box.dataset));

  function count(form) {
    const boxes = boxesOf(form);
    const button = [...form.elements].find((one) => 'send' in one.dataset);
    if (!button) return;
    const chosen = boxes.filter((box) => box.checked).length;
    button.textContent = chosen === 1 ? 'Send 1 reminder' : `Send ${chosen} reminders`;
    button.disabled = chosen === 0;
    const all = form.querySelector('[data-all]');
    if (all) {
      const together = togetherOf(form);
      const ticked = together.filter((box) => box.checked).length;
      all.checked = ticked === together.length;
      all.indeterminate = ticked > 0 && ticked < together.length;
    }
  }

  for (const form of document.querySelectorAll('form[data-select-all]')) {
    const boxes = togetherOf(form);
    const place = form.querySelector('[data-all-place]');
    if (boxes.length > 1 && place) {
      const label = document.createElement('label');
      label.className = 'flex items-center gap-3 t-small';
      const all = document.createElement('input');
      all.type = 'checkbox';
      all.className = 'checkbox checkbox-sm';
      all.dataset.all = '';
      all.addEventListener('change', () => {
        for (const box of boxes) box.checked = all.checked;
        count(form);
      });
      label.append(all, ' Select all');
      place.append(label);
    }
    document.addEventListener('change', () => count(form));
    count(form);
  }

  // a second click while the first is on its way sends nothing twice
  document.addEventListener('submit', (event) => {
    if (event.target.dataset.onItsWay !== undefined) return event.preventDefault();
    event.target.dataset.onItsWay = '';
  });
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-on-its-way]')) delete form.dataset.onItsWay;
    // going back brings the ticks back too
    for (const form of document.querySelectorAll('form[data-select-all]')) count(form);
  });

  // the brand's samples follow what is typed
  for (const form of document.querySelectorAll('form[data-preview]')) {
    let waits;
    form.addEventListener('input', () => {
      clearTimeout(waits);
      waits = setTimeout(() => {
        const typed = new URLSearchParams({ typed: 'yes' });
        for (const [name, value] of new FormData(form))
          if (typeof value === 'string' && name !== '_csrf') typed.set(name, value);
        for (const frame of document.querySelectorAll('iframe[data-live]'))
          frame.src = `${frame.src.split('?')[0]}?${typed}`;
      }, 400);
    });
  }

  // a menu closes when one clicks beside it
  document.addEventListener('click', (event) => {
    for (const open of document.querySelectorAll('details.switcher[open], details.more[open]'))
      if (!(event.target instanceof Node && open.contains(event.target))) open.open = false;
  });
})();
