// Package precheck knows, before any reviewer does, why a submission would be sent back: RULE-1 to RULE-20 and the
// completeness of FORM-1 to FORM-4, decided over one app with its unit, vendor and case.
//
// Check is the whole of it: a Subject in, a Report out. What each rule is called, what it says, whom it concerns and
// which steps it holds up is data (data/rules.yaml, read into a Book); the deciding is one small function per rule, in
// a file per theme (login.go, people.go, identifier.go, network.go …) and listed in registry.go. Two things hold for
// every rule: one that lacks the data to decide says so (未核对) at the rule's own level and never passes, and only
// warnings can be waived. The package does no input or output and knows no clock.
package precheck
