// Package browser finds and starts the browser the workstation already has; the program brings none of its own.
//
// [Find] looks for Edge, Chrome, Chromium and the browsers of domestic Linux systems built on Chromium; what the person
// chose in the settings comes first. [PrintPDF] lets such a browser print a page of ours to a file.
//
// [Start] starts a browser to work with: [Browser.Open] opens a tab, shown as a [Device], whose requests a [Watch]
// decides on and whose events it hears; [Page.Navigate], [Evaluate] and [Page.Screenshot] do what their names say. The
// browser is spoken to through a pipe, so no port is opened, and it ends with the program, whatever becomes of it.
//
// Every browser is started with a profile of its own, by default in a temporary folder, so that nothing of the person's
// is read or changed. Names do not resolve but those asked for, and background traffic is switched off.
// Errors are *listing.Error: CodeMissingTool when there is no browser that can do it, CodeCanceled when the person
// stopped the work, CodeUnreadable when a page cannot be opened or does not answer.
package browser
