// Package browser finds and starts the browser the workstation already has; the program brings none of its own.
//
// [Find] looks for Edge, Chrome, Chromium and the browsers of domestic Linux systems built on Chromium; what the person
// chose in the settings comes first. [PrintPDF] lets such a browser print a page of ours to a file.
//
// Every browser is started with a profile of its own in a temporary folder, so that nothing of the person's is read or
// changed, and without a way to the network: names do not resolve and background traffic is switched off.
// Errors are *listing.Error: CodeMissingTool when there is no browser that can do it, CodeCanceled when the person
// stopped the work.
package browser
