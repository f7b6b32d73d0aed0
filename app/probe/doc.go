// Package probe finds out which addresses answer, by one light request each: HEAD, or GET with the body left unread where
// HEAD is not understood. Redirects are told and not followed, no cookie or login is sent, no proxy is used, and a
// certificate that is not trusted is told, since the server behind it did answer. How long it waits, how many requests run
// at once and the words for the outcomes are data (data/probe.yaml).
//
// Nothing here asks by itself: [Prober.Ask] is called when the person asks, or has switched the checks on.
package probe
