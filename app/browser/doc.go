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
// is read or changed. Background traffic is switched off, and names do not resolve but those asked for, unless AnyHost
// lets the browser go where it wants.
//
// [Browser.Attach] connects to a tab that is open already, such as one the person opened; [Page.Hold] gives it into the
// person's hands and takes it back, and [Page.Guard] puts a gate before its requests.
//
// Errors are *listing.Error: CodeMissingTool when there is no browser that can do it, CodeCanceled when the person
// stopped the work, CodeUnreadable when a page cannot be opened or does not answer,
// CodeConflict when another browser works with the profile, CodeNotFound when the tab to attach to is gone.
package browser
