// Package trace finds out, without running anything, what the scripts of a page would do to the tracking queue.
//
// [Parse] reads one script into a syntax tree; what the parser cannot read (TypeScript, JSX, the newest syntax) is lowered
// first, and places are carried back to the original text. [Run] then follows the scripts of a page in their order, as a
// device would: it enters functions where they are called, carries strings, objects and functions along, decides
// conditions that depend on the user agent alone, and follows both ways of all others. Whatever comes from outside (an
// answer of the back end, the route) is unknown and stays so.
//
// What comes out is a [Trace]: the pushes onto window.aplus_queue, the SDK scripts and the stability reporter, each with
// its place in the code and with the work it happens in: at once, when a login succeeds or fails, on a timer, on a route
// change. [Trace.Settles] and [Before] answer the questions of order that TRACK-4 and TRACK-5 ask.
//
// Work is bounded in steps, depth and size; a bound that was reached is told in Trace.Stopped. The package does no input
// or output: how one script finds another is a function given by the caller.
package trace
