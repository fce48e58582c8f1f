// Chainlit's page asks for what it needs one thing after the other, each time waiting for the answer, and fetches
// an element anew whenever it shows one. Here all of that is asked for at once, beside the page's own script, so
// that a slow connection is waited for once, and elements can be shown while there is none.
{
  const locale = document.documentElement.lang === 'en' ? 'en-US' : 'sv-SE';
  const ask = window.fetch.bind(window);
  // What fails here is asked for again by whoever needs it.
  const tryNow = (path) => ask(path, { credentials: 'include' }).catch(() => null);
  const early = new Map(
    [
      '/auth/config',
      '/user',
      `/project/translations?language=${locale}`,
      `/project/settings?language=${locale}`
    ].map((path) => [path, tryNow(path)])
  );
  const elements = tryNow(document.currentScript.dataset.elements).then((response) =>
    response?.ok ? response.json() : {}
  );

  window.fetch = async (asked, options) => {
    const { pathname, search } = new URL(asked.url ?? asked, location.origin);
    const name = pathname.match(/^\/public\/elements\/(\w+)\.jsx$/)?.[1];
    const source = name && (await elements)[name];
    if (source) return new Response(source);
    const path = (pathname + search).replace(/&$/, '');
    const answer = early.get(path);
    // Its body can be read once: whoever asks again while it is on its way gets another.
    early.delete(path);
    return (await answer) ?? ask(asked, options);
  };
}
