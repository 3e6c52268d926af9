// Changes a post's caption again and again, at a steady rate, and counts what was really done.
export class Writer {
  #next = 0;
  #seconds = 0;
  last;

  constructor(server, key, post, perSecond) {
    Object.assign(this, { server, key, post, perSecond });
  }

  begin() {
    this.running = this.#write();
  }

  async end() {
    this.stopping = true;
    await this.running;
    this.stopping = false;
  }

  rate() {
    return this.#next / this.#seconds;
  }

  async #write() {
    const begin = performance.now();
    for (let due = begin; !this.stopping; due += 1000 / this.perSecond) {
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const caption = `write ${this.#next + 1}`;
      const answer = await this.server.call("PATCH", `/api/v1/posts/${this.post}`, { caption }, this.key);
      if (answer.status !== 200) throw new Error(`write: ${answer.status}`);
      this.#next++;
      this.last = caption;
    }
    this.#seconds += (performance.now() - begin) / 1000;
  }
}
