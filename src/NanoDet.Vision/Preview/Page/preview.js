'use strict';
(() => {
  const byId = id => document.getElementById(id);
  const data = JSON.parse(byId('data').textContent);
  const { classes, pictures, statistics } = data;
  const number = value => value.toLocaleString('en');
  const blocks = new Map();

  // Text of a thumbnail; a block of them is taken apart when the first is asked for.
  const thumbnail = index => {
    const block = Math.floor(index / data.blockSize);
    if (!blocks.has(block)) blocks.set(block, byId('block' + block).textContent.split('\n'));
    return blocks.get(block)[index % data.blockSize];
  };

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'style') Object.assign(made.style, value); else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  const shape = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const draw = index => {
    const picture = pictures[index];
    const holder = element('div', { class: 'picture', style: { aspectRatio: picture.width + ' / ' + picture.height } });
    const text = thumbnail(index);
    holder.append(text
      ? element('img', { src: 'data:image/jpeg;base64,' + text, alt: picture.name, draggable: 'false' })
      : element('div', { class: 'nothing' }, 'cannot be shown'));
    const svg = shape('svg', { viewBox: `0 0 ${picture.width} ${picture.height}`, preserveAspectRatio: 'none' });
    for (const [label, x, y, width, height, dashed] of picture.boxes) {
      svg.append(shape('rect', { x, y, width, height, class: 'under' }));
      svg.append(shape('rect', { x, y, width, height, stroke: classes[label][1], class: dashed ? 'dashed' : '' }));
    }
    holder.append(svg);
    return holder;
  };

  // Cards: an empty frame each, filled as it comes near the window.
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) {
      const frame = entry.target.firstChild;
      const index = Number(entry.target.dataset.index);
      if (entry.isIntersecting && !frame.firstChild) {
        const picture = pictures[index];
        const holder = draw(index);
        holder.style[picture.width / picture.height > 4 / 3 ? 'width' : 'height'] = '100%';
        frame.append(holder);
      } else if (!entry.isIntersecting && frame.firstChild) {
        frame.replaceChildren();
      }
    }
  }, { rootMargin: '600px' });

  const cards = [];
  const card = index => {
    if (cards[index]) return cards[index];
    const picture = pictures[index];
    const worst = picture.problems.some(problem => problem[1] === 'error') ? ' error' : picture.problems.length ? ' warning' : '';
    const label = element('div', { class: 'label' }, element('span', { title: picture.name }, '\u200e' + picture.name));
    if (picture.problems.length) label.append(element('em', {}, picture.problems.length > 1 ? picture.problems[0][0] + ' +' + (picture.problems.length - 1) : picture.problems[0][0]));
    label.append(element('small', {}, picture.part + ' · ' + picture.boxes.length));
    const made = element('button', { class: 'card' + worst, 'data-index': index, type: 'button' }, element('div', { class: 'frame' }), label);
    made.addEventListener('click', () => open(shown.indexOf(index)));
    watcher.observe(made);
    return cards[index] = made;
  };

  // Filters.
  let shown = [];
  const chosen = new Set();
  const option = (select, value, text) => select.append(element('option', { value }, text));
  const partSelect = byId('part'), problemSelect = byId('problem'), search = byId('search');
  option(partSelect, '', 'All parts');
  for (const part of statistics.parts) option(partSelect, part.name, `${part.name} (${number(part.count)})`);
  const codes = new Map();
  for (const picture of pictures) for (const code of new Set(picture.problems.map(problem => problem[0]))) codes.set(code, (codes.get(code) || 0) + 1);
  option(problemSelect, '', 'With and without problems');
  option(problemSelect, 'any', `With problems (${number(pictures.filter(picture => picture.problems.length).length)})`);
  for (const [code, count] of [...codes].sort()) option(problemSelect, code, `${code} (${number(count)})`);
  option(problemSelect, 'empty', `Without boxes (${number(statistics.withoutBoxes)})`);
  classes.forEach(([name, color], label) => {
    const button = element('button', { type: 'button', 'aria-pressed': 'false' }, element('i', { style: { background: color } }), name, element('small', {}, number(statistics.classes[label].count)));
    button.addEventListener('click', () => {
      if (!chosen.delete(label)) chosen.add(label);
      button.setAttribute('aria-pressed', chosen.has(label));
      filter();
    });
    byId('classes').append(button);
  });

  const filter = () => {
    const words = search.value.toLowerCase(), part = partSelect.value, problem = problemSelect.value;
    shown = [];
    pictures.forEach((picture, index) => {
      if (words && !picture.name.toLowerCase().includes(words)) return;
      if (part && picture.part !== part) return;
      if (problem === 'empty' ? picture.boxes.length : problem === 'any' ? !picture.problems.length : problem && !picture.problems.some(entry => entry[0] === problem)) return;
      if (chosen.size && !picture.boxes.some(box => chosen.has(box[0]))) return;
      shown.push(index);
    });
    byId('grid').replaceChildren();
    byId('count').textContent = `${number(shown.length)} of ${number(pictures.length)}`;
    fill(shown, 0);
  };

  // The first screens at once, the rest between two frames, so that the page is there immediately.
  const fill = (list, start) => {
    if (list !== shown || start >= list.length) return;
    byId('grid').append(...list.slice(start, start + 200).map(card));
    requestAnimationFrame(() => fill(list, start + 200));
  };
  search.addEventListener('input', filter);
  partSelect.addEventListener('change', filter);
  problemSelect.addEventListener('change', filter);

  // Statistics.
  const chart = (title, note, body) => byId('charts').append(element('figure', {}, element('figcaption', {}, title, element('small', {}, note)), body));
  const rows = (counts, color) => {
    const most = Math.max(1, ...counts.map(entry => entry.count));
    const body = element('div', { class: 'rows' });
    counts.forEach((entry, index) => body.append(
      element('span', { title: entry.name }, entry.name),
      element('div', { style: { width: 100 * entry.count / most + '%', background: color ? color(index) : '' } }),
      element('b', {}, number(entry.count))));
    return body;
  };
  chart('Boxes per class', 'in label order', rows(statistics.classes, label => classes[label][1]));
  chart('Box sizes', 'side in pixels of a network’s input of ' + statistics.input + '; strides are 8, 16, 32, 64', rows(statistics.sizes));
  chart('Shapes', 'ratio of width to height in that input', rows(statistics.aspects));
  chart('Parts', 'images', rows(statistics.parts));
  const most = Math.max(1, ...statistics.positions);
  const heat = element('div', { class: 'heat' });
  statistics.positions.forEach(count => heat.append(element('div', { title: number(count), style: { opacity: 0.06 + 0.94 * count / most } })));
  chart('Positions', 'centres of boxes in the image', heat);
  const fact = (count, word) => `<b>${number(count)}</b> ${word}`;
  byId('summary').innerHTML = [
    fact(statistics.pictures, statistics.pictures === 1 ? 'image' : 'images'), fact(statistics.boxes, statistics.boxes === 1 ? 'box' : 'boxes'), fact(classes.length, classes.length === 1 ? 'class' : 'classes'),
    fact(statistics.withoutBoxes, 'without boxes'), fact(statistics.duplicates, statistics.duplicates === 1 ? 'duplicate' : 'duplicates'),
    fact(pictures.filter(picture => picture.problems.length).length, 'with problems')].join(' · ');

  // The viewer.
  const viewer = byId('viewer'), stage = byId('stage'), canvas = byId('canvas');
  let place = 0, zoom = 1, left = 0, top = 0, boxes = true;
  const move = () => {
    canvas.style.transform = `translate(${left}px, ${top}px) scale(${zoom})`;
    for (const chip of canvas.querySelectorAll('.chip')) chip.style.transform = `scale(${1 / zoom}) translateY(-100%)`;
    for (const svg of canvas.querySelectorAll('svg')) svg.style.display = boxes ? '' : 'none';
    for (const chip of canvas.querySelectorAll('.chip')) chip.style.display = boxes ? '' : 'none';
  };
  const fit = () => {
    const picture = pictures[shown[place]];
    zoom = Math.min(stage.clientWidth / picture.width, stage.clientHeight / picture.height) * 0.96;
    left = (stage.clientWidth - picture.width * zoom) / 2;
    top = (stage.clientHeight - picture.height * zoom) / 2;
    move();
  };
  const zoomAt = (factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) => {
    factor = Math.min(Math.max(zoom * factor, 0.02), 60) / zoom;
    left = x - (x - left) * factor;
    top = y - (y - top) * factor;
    zoom *= factor;
    move();
  };
  const dark = color => {
    const value = parseInt(color.slice(1), 16);
    const part = shift => ((value >> shift & 255) / 255) ** 2.2;
    return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0) < 0.179;
  };
  const show = () => {
    const index = shown[place], picture = pictures[index];
    byId('viewerName').textContent = picture.name;
    byId('viewerPart').textContent = `${picture.part} · ${picture.width} × ${picture.height}`;
    byId('viewerPlace').textContent = `${number(place + 1)} of ${number(shown.length)}`;
    const holder = draw(index);
    for (const [label, x, y, , , , score] of picture.boxes) {
      const [name, color] = classes[label];
      holder.append(element('div', { class: 'chip', style: { left: x + 'px', top: y + 'px', transformOrigin: '0 0', background: color, color: dark(color) ? '#fff' : '#000' } }, score < 0 ? name : `${name} ${score.toFixed(2)}`));
    }
    canvas.style.width = picture.width + 'px';
    canvas.style.height = picture.height + 'px';
    canvas.replaceChildren(holder);
    const facts = byId('facts');
    facts.replaceChildren();
    if (picture.problems.length) facts.append(element('h2', {}, 'Problems'));
    for (const [code, severity, message] of picture.problems) facts.append(element('p', { class: severity === 'error' ? 'bad' : 'warn' }, element('b', {}, code + ' '), message));
    facts.append(element('h2', {}, picture.boxes.length === 1 ? '1 box' : picture.boxes.length + ' boxes'));
    const table = element('table');
    for (const [label, , , width, height, , score] of picture.boxes) table.append(element('tr', {},
      element('td', {}, element('i', { style: { background: classes[label][1] } }), ' ' + classes[label][0] + (score < 0 ? '' : ' ' + score.toFixed(2))),
      element('td', {}, `${Math.round(width)} × ${Math.round(height)}`)));
    facts.append(table);
    fit();
  };
  const open = at => { place = at; if (!viewer.open) viewer.showModal(); show(); };
  const step = by => { if (shown.length) { place = (place + by + shown.length) % shown.length; show(); } };
  addEventListener('keydown', event => {
    if (!viewer.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      ArrowRight: () => step(1), j: () => step(1), ArrowLeft: () => step(-1), k: () => step(-1),
      Home: () => { place = 0; show(); }, End: () => { place = shown.length - 1; show(); },
      '+': () => zoomAt(1.25), '=': () => zoomAt(1.25), '-': () => zoomAt(0.8), 0: fit, b: () => { boxes = !boxes; move(); },
    };
    if (actions[event.key]) { actions[event.key](); event.preventDefault(); }
  });
  stage.addEventListener('wheel', event => {
    const area = stage.getBoundingClientRect();
    zoomAt(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - area.left, event.clientY - area.top);
    event.preventDefault();
  }, { passive: false });
  stage.addEventListener('pointerdown', event => stage.setPointerCapture(event.pointerId));
  stage.addEventListener('pointermove', event => {
    if (event.buttons & 1) { left += event.movementX; top += event.movementY; move(); }
  });
  stage.addEventListener('dblclick', fit);
  byId('close').addEventListener('click', () => viewer.close());
  viewer.addEventListener('close', () => { const at = cards[shown[place]]; if (at) { at.scrollIntoView({ block: 'nearest' }); at.focus(); } });
  addEventListener('resize', () => { if (viewer.open) fit(); });

  byId('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const isDark = (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    root.dataset.theme = isDark ? 'light' : 'dark';
  });
  filter();
  if (location.hash.startsWith('#view=')) open(Math.min(Math.max(Number(location.hash.slice(6)) || 0, 0), shown.length - 1));
})();
