// Package capture judges requests that somebody recorded while using an application: a HAR, copied addresses, commands
// that developer tools copy (cURL, fetch, PowerShell), logs of a server or a proxy. It finds the traffic reports and the
// stability uploads among them, decodes them (TRACK-13, TRACK-14, dossier 3.3, 4), and says page by page whether what
// was sent is right.
//
// Start with Check, which reads sources of any of these forms, told by their content, in one pass and in constant
// memory. ParseView and ParseUpload decode a single address; NewJudge takes what was decoded, wherever it was seen, and
// so serves the live check too.
//
// Limits and words are data (data/capture.yaml), the sentences of the findings too (data/rules.yaml). Hosts, numbers of
// devices and patterns are tracking.Facts.
package capture
