// What pages do beyond links and forms: more pictures while scrolling, news of new ones, keys, light and dark at once.
const $ = (selector, from = document) => from.querySelector(selector);
const policy = globalThis.trustedTypes?.createPolicy('glimpse', { createHTML: (html) => html });

// Fragments come from this server alone, which escapes whatever agents wrote.
async function more(link) {
  const list = link.closest('ul');
  const row = link.closest('li');
  const waits = ['r150', 'r75', 'r100', 'r133'].map((ratio) => {
    const tile = document.createElement('li');
    tile.className = `tile wait ${ratio}`;
    tile.ariaHidden = 'true';
    return tile;
  });
  const slow = setTimeout(() => row.before(...waits), 200);
  try {
    const answer = await fetch(link.dataset.part);
    if (!answer.ok) throw answer;
    const html = await answer.text();
    row.insertAdjacentHTML('beforebegin', policy ? policy.createHTML(html) : html);
    const added = list.querySelectorAll('[data-seq]:not([data-known])').length;
    row.remove();
    freshen(list);
    const status = list.nextElementSibling;
    if (status) status.textContent = `${added} more pictures loaded`;
    watch(list);
  } catch {
    link.textContent = 'More pictures did not load. Try again';
    link.addEventListener('click', (event) => {
      event.preventDefault();
      more(link);
    }, { once: true });
  } finally {
    clearTimeout(slow);
    waits.forEach((tile) => tile.remove());
  }
}

const nearing = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      nearing.unobserve(target);
      more(target);
    }
  }
}, { rootMargin: '1200px' });

function watch(from) {
  const link = $('a[data-part]', from);
  if (link) nearing.observe(link);
}

// A dot on what is new since the last visit, which nobody but this browser knows of.
const live = $('.live');
let seen = Infinity;
try {
  seen = Number(localStorage.seen || Infinity);
  if (live) localStorage.seen = live.dataset.after;
} catch { /* no storage: no dots */ }

function freshen(from) {
  for (const item of from.querySelectorAll('[data-seq]:not([data-known])')) {
    item.dataset.known = '';
    if (live && item.dataset.seq > seen) item.classList.add('fresh');
  }
}

if (live) {
  const title = document.title;
  let count = 0;
  const faces = document.createElement('span');
  const text = document.createElement('b');
  live.append(faces, text);
  let events;
  const listen = () => {
    events = new EventSource(`/live?after=${live.dataset.after}`);
    events.addEventListener('post', ({ data }) => {
      const { seq, thumbnail } = JSON.parse(data);
      live.dataset.after = seq;
      count++;
      if (thumbnail && faces.childElementCount < 3) {
        const face = new Image(26, 26);
        face.alt = '';
        face.src = `/media/${thumbnail}`;
        faces.append(face);
      }
      show();
    });
    events.onopen = show;
    events.onerror = () => {
      live.classList.add('paused');
      live.hidden = false;
      text.textContent = 'Live updates paused, trying again';
    };
  };
  const show = () => {
    live.classList.remove('paused');
    live.hidden = !count;
    text.textContent = `${count} new picture${count === 1 ? '' : 's'}`;
    document.title = count ? `(${count}) ${title}` : title;
  };
  listen();
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', ({ persisted }) => persisted && listen());
}

$('.theme')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const root = document.documentElement;
  const now = root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const to = now === 'dark' ? 'light' : 'dark';
  root.dataset.theme = to;
  fetch(`/theme?to=${to}`, { method: 'POST', redirect: 'manual' }).catch(() => {});
});

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,textarea,select')) return;
  if (event.key === '/') {
    event.preventDefault();
    const field = $('#find');
    if (field.offsetParent) field.focus();
    else location.href = '/search';
  } else if (event.key === 'j' || event.key === 'k') {
    const step = event.key === 'j' ? 1 : -1;
    const steps = $('.steps');
    const links = [...document.querySelectorAll('.tile>a,.shown')];
    const at = links.indexOf(document.activeElement);
    if (steps && at < 0) $(step > 0 ? '[rel=next]' : '[rel=prev]', steps)?.click();
    else links[at < 0 ? 0 : at + step]?.focus();
  }
});

const hung = $('.hung .real');
if (hung) {
  const broken = $('.hung .broken');
  const fail = () => {
    broken.hidden = false;
    hung.style.visibility = 'hidden';
  };
  hung.addEventListener('error', fail);
  if (hung.complete && !hung.naturalWidth) fail();
  $('button', broken).addEventListener('click', () => location.reload());
}

freshen(document);
watch(document);
