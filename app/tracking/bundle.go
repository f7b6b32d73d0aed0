package tracking

import "shangjiatong/app/listing"

// Stack is the way a front end is built, which decides the form of the code.
type Stack string

// The stacks Generate knows.
const (
	StackStatic Stack = "static" // 静态多页站点
	StackVue3   Stack = "vue3"   // Vue 3 + vue-router 4
)

// Stacks lists the stacks, in the order screens show them.
func Stacks() []Stack { return []Stack{StackStatic, StackVue3} }

// Word returns the Chinese name of a stack.
func (s Stack) Word() string {
	switch s {
	case StackStatic:
		return "静态多页站点"
	case StackVue3:
		return "Vue 3 + vue-router"
	}
	return string(s)
}

// Note explains the lines From to To (counted from 1, both included) of a file.
type Note struct {
	From int    `json:"from"`
	To   int    `json:"to"`
	Text string `json:"text"`
}

// File is one generated file or block of code.
type File struct {
	Name    string `json:"name"`  // file name inside the folder, ASCII except for the instructions
	Title   string `json:"title"` // what it is, in Chinese
	Place   string `json:"place"` // where to put or paste it, in Chinese
	Body    string `json:"body"`
	Explain []Note `json:"explain"`
}

// Bundle is the tracking code of one application for one stack; the last file holds the instructions.
type Bundle struct {
	Stack        Stack             `json:"stack"`
	FactsVersion string            `json:"facts_version"`
	Files        []File            `json:"files"`
	Findings     []listing.Finding `json:"findings"` // what CheckInputs has to say beside; nothing in it blocks
}
