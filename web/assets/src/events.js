const MAX_EVENT_CHARS = 4 * 1024 * 1024;

/** Reads server-sent events (HTML Living Standard, section 9.2) from a byte stream: { name, data, id }. */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let name = '';
  let data = [];
  let id;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // A lone CR is kept back until the next character shows whether an LF follows.
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      if (rest.length > MAX_EVENT_CHARS) throw new Error('The event is too long.');
      for (const line of lines) {
        if (line === '') {
          if (data.length) yield { name: name || 'message', data: data.join('\n'), id };
          name = '';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        if (colon === 0) continue;
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'event') name = text;
        else if (field === 'data') data.push(text);
        else if (field === 'id' && !text.includes('\0')) id = text;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
