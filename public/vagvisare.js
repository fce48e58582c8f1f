// The server has chosen the language of the page; Chainlit asks the browser for it, so the browser says the same.
{
  const language = document.documentElement.lang === 'en' ? 'en-US' : 'sv-SE';
  Object.defineProperty(navigator, 'language', { configurable: true, get: () => language });
}
