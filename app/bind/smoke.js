// Looks at the page as a person would and reports what is there. It shows nothing itself and waits for the page's own
// text, so that a white page ends in a report with empty text.
(async () => {
  const until = Date.now() + 15000
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const page = document.getElementById('app')
  const text = () => (page?.innerText ?? '').trim()
  const waiting = () => page?.querySelector('[aria-busy="true"], [role="status"].loading') !== null
  while ((text() === '' || waiting()) && Date.now() < until) {
    await pause(5)
  }
  const shown = Date.now()
  await pause(300)
  const seen = { version: '', title: document.title, text: text(), error: '', shown }
  try {
    seen.version = await window.go.bind.System.Info().then((info) => info.version)
  } catch (error) {
    seen.error = String(error)
  }
  await window.go.bind.Smoke.Report(seen)
  while (await window.go.bind.Smoke.Waiting()) {
    await pause(100)
  }
  window.runtime.Quit()
})()
