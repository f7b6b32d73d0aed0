// Package queue models what the A+ SDK makes of window.aplus_queue (dossier 3.2): which pushes take effect, which are
// held back, which reach nobody, and what is sent in the end, with which user.
//
// Give Run the events of a page in their order: what was pushed and onto which object, when the SDK started, when
// window.aplus_queue was assigned anew, and when a turn of the event loop ended. A recording of a live page and a
// simulation of code that was only read can both be told this way. A value that only a running page knows is an
// Unknown.
//
// What the model holds for true was seen by running the SDK. The names of its actions and of its log files are data
// (data/sdk.yaml).
package queue
