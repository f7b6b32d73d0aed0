// Looks at the page as a person would and reports what is there. It shows nothing itself and waits for the page's own
// text, so that a white page ends in a report with empty text.
(async () => {
  const until = Date.now() + 15000
  const text = () => (document.getElementById('app')?.innerText ?? '').trim()
  while (text() === '' && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await new Promise((resolve) => setTimeout(resolve, 300))
  const seen = { version: '', title: document.title, text: text(), error: '' }
  try {
    seen.version = await window.go.bind.System.Version()
  } catch (error) {
    seen.error = String(error)
  }
  await window.go.bind.Smoke.Report(seen)
  while (await window.go.bind.Smoke.Waiting()) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  window.runtime.Quit()
})()
