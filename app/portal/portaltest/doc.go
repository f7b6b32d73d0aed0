// Package portaltest serves portals for tests: real pages, built with the UI kits such portals use, on the loopback
// address, with lists, forms, a login that is confirmed from outside, faults on demand, and a counter of every final
// button. Only tests and build/portals/serve import it; it is not part of the program.
//
//	p := portaltest.Start(t, portaltest.Options{Kit: "element-plus", Seed: 7})
//	open p.URL("/form/FORM-25?frame=1"), fill it, then compare p.Model("FORM-25") with what was asked
//
// The pages are bundles of build/portals, made by "make portals". What a page shows is decided here, as a Spec, and
// differs with the seed: order, marks at labels, depth and names of elements, headings, columns. A bundle only draws
// it with its kit. Files: spec.go the shape of a page, vary.go the seed, forms.go and form25.go the forms, lists.go the
// tables, site.go and acts.go the portal of a day's work, login.go its logins, hosting.go the code of its apps, person.go
// who presses its buttons where a test has no hold of the browser, faults.go what goes wrong, serve.go the server.
package portaltest
