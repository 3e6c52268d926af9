// The network as a map to move in. Without WebGL the server's picture of it stays.
const box = document.querySelector('.map .view');
const canvas = document.createElement('canvas');
const gl = canvas.getContext('webgl2', { premultipliedAlpha: true, antialias: true });

const VERTEX = `#version 300 es
uniform vec4 view; uniform vec2 sizes; uniform vec3 colors[9];
layout(location=0) in vec2 place; layout(location=1) in vec2 facts;
out vec4 color; uniform float alpha;
void main() {
  gl_Position = vec4(place * view.xy + view.zw, 0, 1);
  gl_PointSize = min(sizes.x + sizes.y * sqrt(facts.x), 90.);
  color = vec4(colors[int(facts.y)] * alpha, alpha);
}`;
const FRAGMENT = `#version 300 es
precision mediump float; in vec4 color; out vec4 shown; uniform bool round;
void main() {
  float edge = round ? 1. - smoothstep(.42, .5, distance(gl_PointCoord, vec2(.5))) : 1.;
  shown = color * edge;
}`;

function program() {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

function vertices(numbers) {
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 16, 0);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribPointer(1, 2, gl.FLOAT, false, 16, 8);
  return array;
}

function start(data) {
  const head = new DataView(data);
  const count = head.getUint32(0, true);
  const lines = head.getUint32(4, true);
  const names = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 8 + 8 * count + 4 * lines)));
  const dots = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const at = 8 + 8 * i;
    dots.set([head.getInt16(at, true) / 32000, -head.getInt16(at + 2, true) / 32000,
      head.getUint16(at + 4, true), head.getUint16(at + 6, true)], 4 * i);
  }
  const ends = new Float32Array(8 * lines);
  for (let i = 0; i < 2 * lines; i++) {
    const agent = head.getUint16(8 + 8 * count + 2 * i, true);
    ends.set(dots.subarray(4 * agent, 4 * agent + 4), 4 * i);
  }
  const most = dots[2] || 1; // the first is the most followed
  const dotArray = vertices(dots);
  const lineArray = vertices(ends);
  const use = program();
  gl.useProgram(use);
  const at = (name) => gl.getUniformLocation(use, name);
  const [view, sizes, alpha, round, palette] = ['view', 'sizes', 'alpha', 'round', 'colors'].map(at);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  let zoom = 1, x = 0, y = 0, waiting = false;
  const unit = () => Math.min(box.clientWidth, box.clientHeight) * .46 * zoom;
  const shown = (i) => [box.clientWidth / 2 + (dots[4 * i] - x) * unit(), box.clientHeight / 2 - (dots[4 * i + 1] - y) * unit()];

  // The style sheet's colours, as they are on the screen.
  function colors() {
    const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const style = getComputedStyle(canvas);
    const all = [0, 0, 0];
    for (let kind = 1; kind <= 8; kind++) {
      canvas.className = `c${kind}`;
      pixel.fillStyle = style.color;
      pixel.fillRect(0, 0, 1, 1);
      all.push(...[...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part / 255));
    }
    gl.uniform3fv(palette, all);
    redraw();
  }

  const labels = names.slice(0, 40).map(([, label]) => {
    const text = document.createElement('span');
    text.textContent = label;
    text.ariaHidden = 'true';
    box.append(text);
    return text;
  });
  const tip = document.createElement('b');
  tip.hidden = true;
  box.append(tip);

  function draw() {
    waiting = false;
    const { clientWidth: width, clientHeight: height } = box;
    const ratio = Math.min(2, devicePixelRatio);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const [across, up] = [2 * unit() / width, 2 * unit() / height];
    gl.uniform4f(view, across, up, -x * across, -y * up);
    gl.uniform1f(alpha, Math.min(.4, Math.max(.05, 60 / Math.sqrt(lines) / 20) * Math.sqrt(zoom)));
    gl.uniform1i(round, 0);
    gl.bindVertexArray(lineArray);
    gl.drawArrays(gl.LINES, 0, 2 * lines);
    const small = (count > 500 ? 4 : 10) * ratio * Math.sqrt(zoom);
    gl.uniform2f(sizes, small, (count > 500 ? 14 : 22) * ratio * Math.sqrt(zoom / most));
    gl.uniform1f(alpha, 1);
    gl.uniform1i(round, 1);
    gl.bindVertexArray(dotArray);
    gl.drawArrays(gl.POINTS, 0, count);
    const taken = [];
    labels.forEach((label, i) => {
      const [left, top] = shown(i);
      const half = label.offsetWidth / 2 + 4;
      const free = left > half && left < width - half && top > 12 && top < height - 12
        && taken.every(([l, t, h]) => Math.abs(l - left) > h + half || Math.abs(t - top) > 20);
      label.style.visibility = free ? 'visible' : 'hidden';
      label.style.transform = `translate(${left - half + 4}px,${top + (count > 500 ? 6 : 14)}px)`;
      if (free) taken.push([left, top, half]);
    });
  }

  function redraw() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  }

  function zoomBy(factor, left = box.clientWidth / 2, top = box.clientHeight / 2) {
    const before = unit();
    zoom = Math.min(40, Math.max(.5, zoom * factor));
    const moved = 1 / before - 1 / unit();
    x += (left - box.clientWidth / 2) * moved;
    y -= (top - box.clientHeight / 2) * moved;
    redraw();
  }

  function nearest({ offsetX, offsetY }) {
    let found = -1, best = 18 ** 2;
    for (let i = 0; i < count; i++) {
      const [left, top] = shown(i);
      const far = (left - offsetX) ** 2 + (top - offsetY) ** 2;
      if (far < best) [found, best] = [i, far];
    }
    return found;
  }

  const fingers = new Map();
  let dragged = 0;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) dragged = 0;
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    tip.hidden = true;
    if (before) {
      const others = [...fingers.values()].filter((finger) => finger !== before);
      if (others.length) {
        const gap = ({ offsetX, offsetY }) => Math.hypot(offsetX - others[0].offsetX, offsetY - others[0].offsetY) || 1;
        zoomBy(gap(event) / gap(before), others[0].offsetX, others[0].offsetY);
      } else {
        x -= (event.offsetX - before.offsetX) / unit();
        y += (event.offsetY - before.offsetY) / unit();
        redraw();
      }
      dragged += Math.hypot(event.offsetX - before.offsetX, event.offsetY - before.offsetY);
      fingers.set(event.pointerId, event);
      return;
    }
    const found = nearest(event);
    canvas.style.cursor = found < 0 ? 'grab' : 'pointer';
    if (found >= 0) {
      const [left, top] = shown(found);
      tip.textContent = `${names[found][1]}, ${dots[4 * found + 2]} follower${dots[4 * found + 2] === 1 ? '' : 's'}`;
      tip.style.transform = `translate(${left}px,${top}px) translate(-50%,-150%)`;
      tip.hidden = false;
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      const found = end === 'pointerup' && dragged < 5 ? nearest(event) : -1;
      if (found >= 0 && names[found][0]) location.href = `/agents/${names[found][0]}`;
    });
  }
  canvas.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    zoomBy(2 ** (-event.deltaY / 300), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.addEventListener('keydown', (event) => {
    const { key } = event;
    const step = 60 / unit();
    if (key === 'ArrowLeft') x -= step;
    else if (key === 'ArrowRight') x += step;
    else if (key === 'ArrowUp') y += step;
    else if (key === 'ArrowDown') y -= step;
    else if (key === '+' || key === '=') zoomBy(1.4);
    else if (key === '-') zoomBy(1 / 1.4);
    else if (key === '0') [zoom, x, y] = [1, 0, 0];
    else return;
    event.preventDefault();
    redraw();
  });

  canvas.tabIndex = 0;
  canvas.role = 'img';
  canvas.ariaLabel = 'Map of who follows whom. Arrow keys move, plus and minus zoom, 0 shows all. The list below names the agents.';
  box.querySelector('picture').replaceWith(canvas);
  document.querySelector('.map .keys').hidden = false;
  new ResizeObserver(redraw).observe(box);
  new MutationObserver(colors).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', colors);
  colors();
}

if (box && gl) {
  fetch(box.dataset.src)
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer)))
    .then(start)
    .catch(() => {});
}
