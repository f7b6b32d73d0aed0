// Package listing is the domain: the nouns of getting an application listed (上架) on 浙政钉, and the ports through which
// the rest of the program stores them. It does no input or output and imports nothing of this program.
//
// Start reading at App (one application and all its form data), then Case (one run of a flow for an app), then
// Finding (what a check has to say) and Store (where records live).
//
// Text that people typed is kept exactly as typed: fields are strings even where a number or an address is meant, so
// that a draft can always be saved. Whether a value is right is the business of package precheck.
package listing
