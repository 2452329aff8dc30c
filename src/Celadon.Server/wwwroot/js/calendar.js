// <celadon-calendar>: the load calendar on a canvas, one cell an interval, with a keyboard cursor.
// Wide: days run right, hours run down. Narrow (< 640 px): days run down. Arrow keys move by how they look.
// Data and words come in attributes; without this file the server's drawing stands in its place.

const pad = n => String(n).padStart(2, "0");

class CeladonCalendar extends HTMLElement {
  connectedCallback() {
    this.d = JSON.parse(this.dataset.cells);
    this.w = JSON.parse(this.dataset.words);
    this.cells = this.unpack(this.d.cells);
    this.again = new Map(this.d.again.map(([day, slot, v]) => [day * this.d.per + slot, v]));
    this.suspected = new Set(this.d.suspected);
    this.canvas = this.querySelector("canvas");
    this.probe = document.createElement("span");
    this.probe.hidden = true;
    this.append(this.probe);
    const [day, interval] = this.w.open;
    this.at = { day, slot: this.d.odd[day] ? this.d.odd[day][interval] : interval };
    this.shown = day;
    this.classList.add("live");
    new ResizeObserver(() => this.paint()).observe(this);
    const root = document.documentElement;
    new MutationObserver(() => this.paint(true)).observe(root, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint(true));
    this.canvas.addEventListener("keydown", e => this.key(e));
    for (const type of ["pointermove", "pointerdown"])
      this.canvas.addEventListener(type, e => this.point(e));
    this.paint(true);
    this.tell(false);
  }

  // Two or four bytes a cell; the two lowest numbers mean unknown, and not there.
  unpack(text) {
    const raw = atob(text), size = raw.charCodeAt(0), bytes = new Uint8Array(raw.length - 1);
    for (let i = 1; i < raw.length; i++) bytes[i - 1] = raw.charCodeAt(i);
    this.none = size === 2 ? -32768 : -2147483648;
    return size === 2 ? new Int16Array(bytes.buffer) : new Int32Array(bytes.buffer);
  }
  raw(day, slot) { return this.cells[day * this.d.per + slot]; }
  known(v) { return v > this.none + 1; }
  number(v, by = 1) {
    const decimals = this.d.scale + (by === 1 ? 0 : 2);
    return (v * by / 10 ** this.d.scale).toLocaleString("en-GB", { maximumFractionDigits: decimals })
      .replace("-", "\u2212");
  }
  colour(token) {
    this.probe.style.color = `var(${token})`;
    this.probe.hidden = false;
    const colour = getComputedStyle(this.probe).color;
    this.probe.hidden = true;
    return colour;
  }
  rgb(css) {
    const c = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    c.fillStyle = css;
    c.fillRect(0, 0, 1, 1);
    return c.getImageData(0, 0, 1, 1).data;
  }

  paint(force) {
    const width = Math.floor(this.clientWidth), ratio = devicePixelRatio || 1;
    if (!width || (width === this.width && !force)) return;
    this.width = width;
    const { days, per } = this.d, tall = width < 640, rows = 384;
    const head = tall ? 20 : 28, side = tall ? 44 : 28;
    const step = Math.max(2, Math.min(12, Math.round(720 / days)));
    const cell = tall ? { x: (width - side - 24) / per, y: step }
      : { x: (width - side) / days, y: rows / per };
    const gw = (tall ? per : days) * cell.x, gh = (tall ? days : per) * cell.y;
    this.box = { tall, head, side, cell, gw, gh, h: head + gh + (tall ? 8 : 32) };
    const c = this.canvas;
    c.width = width * ratio;
    c.height = this.box.h * ratio;
    c.style.height = `${this.box.h}px`;
    const still = this.still = document.createElement("canvas");
    still.width = c.width;
    still.height = c.height;
    const s = still.getContext("2d");
    s.scale(ratio, ratio);
    s.imageSmoothingEnabled = false;
    s.drawImage(this.flat(tall), side, head, gw, gh);
    this.hatch(s, this.d.unknown, "--surface", "--slate-mark", -1);
    this.hatch(s, this.d.estimated, "--amber-wash", "--amber-mark", 1);
    this.rule(s);
    this.mark();
  }

  // One pixel an interval, then one scaled copy: a year of quarter-hours costs one drawImage.
  flat(tall) {
    const { days, per, limits, scale } = this.d, unit = 10 ** -scale;
    const levels = limits.map((_, i) => this.rgb(this.colour(`--seq-${i}`)));
    const image = new ImageData(tall ? per : days, tall ? days : per);
    for (let day = 0; day < days; day++) for (let slot = 0; slot < per; slot++) {
      const v = this.raw(day, slot);
      if (!this.known(v)) continue;
      const level = levels[Math.max(0, limits.findLastIndex(l => v * unit >= l - 1e-9))];
      image.data.set(level, (tall ? day * per + slot : slot * days + day) * 4);
    }
    const flat = document.createElement("canvas");
    flat.width = image.width;
    flat.height = image.height;
    flat.getContext("2d").putImageData(image, 0, 0);
    return flat;
  }

  hatch(s, boxes, ground, stroke, lean) {
    if (!boxes.length) return;
    const tile = document.createElement("canvas"), t = tile.getContext("2d");
    tile.width = tile.height = 6;
    t.fillStyle = this.colour(ground);
    t.fillRect(0, 0, 6, 6);
    t.strokeStyle = this.colour(stroke);
    t.lineWidth = 1.25;
    for (const o of [-6, 0, 6]) {
      t.moveTo(o - 1, lean > 0 ? 7 : -1);
      t.lineTo(o + 7, lean > 0 ? -1 : 7);
    }
    t.stroke();
    s.fillStyle = s.createPattern(tile, "repeat");
    const { tall, head, side, cell } = this.box;
    for (const [d0, d1, s0, s1] of boxes) {
      const [a, b] = [[d0, d1 + 1], [s0, s1 + 1]];
      const [x, y] = tall ? [b, a] : [a, b];
      s.fillRect(side + x[0] * cell.x, head + y[0] * cell.y, (x[1] - x[0]) * cell.x, (y[1] - y[0]) * cell.y);
    }
  }

  // Months, hours, Sundays and numbered flags.
  rule(s) {
    const { days, per } = this.d, { tall, head, side, cell, gw, gh } = this.box;
    const ink = this.colour("--ink"), faint = this.colour("--ink-3"), ground = this.colour("--ground");
    const font = `12px ${getComputedStyle(this).fontFamily}`;
    s.font = font;
    for (let day = 0; day < days; day++) {
      const date = this.date(day), o = day * (tall ? cell.y : cell.x);
      if (date.getUTCDate() === 1) {
        s.fillStyle = ground;
        if (day && tall) s.fillRect(side, head + o - .5, gw, 1);
        else if (day) s.fillRect(side + o - .5, head, 1, gh);
        s.fillStyle = faint;
        s.textAlign = tall ? "end" : "start";
        const name = this.w.months[date.getUTCMonth()];
        if (tall) s.fillText(name, side - 8, head + o + 11); else s.fillText(name, side + o, head + gh + 26);
      }
      if (date.getUTCDay() === 0) {
        const m = o + (tall ? cell.y : cell.x) / 2;
        s.fillStyle = faint;
        if (tall) s.fillRect(side + gw + 3, head + m - .5, 4, 1);
        else s.fillRect(side + m - .5, head + gh + 4, 1, 5);
      }
    }
    s.fillStyle = faint;
    for (let h = 0; h <= 24; h += 6) {
      const o = h * per / 24 * (tall ? cell.x : cell.y);
      s.textAlign = tall ? h === 24 ? "end" : h ? "center" : "start" : "end";
      if (tall) s.fillText(pad(h), side + o, head - 6);
      else s.fillText(pad(h), side - 6, head + (h === 24 ? gh : h ? o + 4 : 10));
    }
    s.fillStyle = ink;
    s.font = `600 ${font}`;
    let last = -99;
    for (const [day, n] of this.w.flags) {
      if (tall) {
        s.textAlign = "end";
        const at = Math.max(head + (day + .5) * cell.y + 4, last + 14);
        s.fillText(n, this.width, at);
        last = at;
      } else {
        const x = Math.round(side + (day + .5) * cell.x);
        s.fillRect(x, head - 10, 1, 10);
        s.textAlign = "center";
        const at = Math.max(x + .5, last + 12);
        s.fillText(n, at, head - 14);
        last = at;
      }
    }
  }

  mark() {
    const { tall, head, side, cell, gw, gh } = this.box, ctx = this.canvas.getContext("2d");
    const ratio = devicePixelRatio || 1;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.drawImage(this.still, 0, 0);
    ctx.scale(ratio, ratio);
    const x = side + (tall ? this.at.slot : this.at.day) * cell.x;
    const y = head + (tall ? this.at.day : this.at.slot) * cell.y;
    ctx.strokeStyle = this.colour("--ink");
    ctx.lineWidth = 1;
    if (tall) ctx.strokeRect(side - .5, y - 1, gw + 1, cell.y + 2);
    else ctx.strokeRect(x - 1, head - .5, cell.x + 2, gh + 1);
    // Light within dark: the cursor stands out on every cell.
    for (const [width, token] of [[5, "--surface"], [2, "--focus"]]) {
      ctx.lineWidth = width;
      ctx.strokeStyle = this.colour(token);
      ctx.strokeRect(x - 4, y - 4, cell.x + 8, cell.y + 8);
    }
  }

  key(e) {
    const t = this.box.tall, hour = e.shiftKey ? 60 / this.d.minutes : 1;
    const step = {
      ArrowRight: t ? [0, hour] : [1, 0], ArrowLeft: t ? [0, -hour] : [-1, 0],
      ArrowDown: t ? [1, 0] : [0, hour], ArrowUp: t ? [-1, 0] : [0, -hour], PageDown: [7, 0], PageUp: [-7, 0],
    }[e.key];
    const { day, slot } = this.at;
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (step) this.move(day + step[0], slot + step[1]);
    else if (e.key === "Home") this.move(day, 0);
    else if (e.key === "End") this.move(day, this.d.per - 1);
    else return;
    e.preventDefault();
  }
  point(e) {
    const b = this.canvas.getBoundingClientRect(), { tall, head, side, cell } = this.box;
    const a = Math.floor((e.clientX - b.left - side) / cell.x);
    const o = Math.floor((e.clientY - b.top - head) / cell.y);
    const [day, slot] = tall ? [o, a] : [a, o];
    if (day >= 0 && slot >= 0 && day < this.d.days && slot < this.d.per) this.move(day, slot);
  }
  move(day, slot) {
    this.at = {
      day: Math.min(this.d.days - 1, Math.max(0, day)), slot: Math.min(this.d.per - 1, Math.max(0, slot)),
    };
    this.mark();
    this.tell(true);
  }

  date(day) { return new Date(Date.parse(`${this.d.start}T00:00:00Z`) + day * 864e5); }
  clock(slot) {
    const m = slot * this.d.minutes;
    return `${pad(Math.floor(m / 60))}:${pad(m % 60)}`;
  }
  fill(text, values) { return text.replace(/\{(\w+)\}/g, (_, name) => values[name]); }

  // The reading at the cursor, said and written; the day beside follows when the cursor rests.
  tell(moved) {
    if (!moved) return;
    const { day, slot } = this.at, date = this.date(day), v = this.raw(day, slot), w = this.w;
    const known = this.known(v), i = day * this.d.per + slot;
    const words = {
      w: w.weekdays[date.getUTCDay()], d: date.getUTCDate(), m: w.months[date.getUTCMonth()],
      y: date.getUTCFullYear(),
    };
    const interval = this.d.odd[day] ? this.d.odd[day].indexOf(slot) : slot;
    const why = this.why(w.why, `/days/${day}/power/${interval}`);
    this.set("date", this.fill(w.date, words));
    this.set("time", `${this.clock(slot)}\u2013${this.clock(slot + 1)}`);
    this.set("power", known ? this.number(v) : w.unknown, known && why);
    this.set("energy", known ? this.number(v, this.d.minutes / 60) : w.unknown, known && this.why(w.why,
      `/days/${day}/power/${interval}/@/0`));
    const total = this.d.totals[day];
    this.set("total", total === null ? w.unknown : Number(total).toLocaleString("en-GB",
      { maximumFractionDigits: 6 }), total !== null && this.why(w.total, `/days/${day}/total`));
    const within = boxes => boxes.some(([a, b, c, e]) => day >= a && day <= b && slot >= c && slot <= e);
    this.set("mark", v === this.none + 1 ? w.absent : this.again.has(i)
      ? this.fill(w.again, { v: this.number(this.again.get(i)) }) : this.suspected.has(i) ? w.suspected
        : within(this.d.estimated) ? w.estimated : "");
    if (day !== this.shown) {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.follow(day, slot), 250);
    }
  }
  why(href, number) {
    const url = new URL(href, location.href);
    url.searchParams.set("number", number);
    return url.pathname + url.search;
  }
  set(name, text, href) {
    for (const e of document.querySelectorAll(`[data-cal="${name}"]`)) {
      if (!href) { e.textContent = text; continue; }
      const a = document.createElement("a");
      a.className = "n";
      a.href = href;
      a.textContent = text;
      e.replaceChildren(a);
    }
  }
  async follow(day, slot) {
    this.shown = day;
    const iso = this.date(day).toISOString().slice(0, 10), url = new URL(this.w.dayPart, location.href);
    url.searchParams.set("day", iso);
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    if (!answer.ok || this.shown !== day) return;
    document.querySelector("[data-cal=part]").innerHTML = await answer.text();
    const here = new URL(location.href);
    here.searchParams.set("day", iso);
    here.searchParams.set("slot", slot);
    history.replaceState(null, "", here);
  }
}

customElements.define("celadon-calendar", CeladonCalendar);
