package tracking

import "shangjiatong/app/listing"

// Stack is the way a front end is built, which decides the form of the code.
type Stack string

// The stacks Generate knows.
const (
	StackStatic Stack = "static" // 静态多页站点
	StackJQuery Stack = "jquery" // jQuery 多页站点
	StackVue2   Stack = "vue2"   // Vue 2 + vue-router 3
	StackVue3   Stack = "vue3"   // Vue 3 + vue-router 4
	StackReact  Stack = "react"  // React + react-router 5 to 7
	StackUniApp Stack = "uniapp" // uni-app, built for H5
	StackEntry  Stack = "entry"  // one entry page for PC and mobile, told apart by the 免登 return value (RULE-15)
	StackMini   Stack = "mini"   // 小程序 (TRACK-15)
)

// Stacks lists the stacks, in the order screens show them.
func Stacks() []Stack {
	return []Stack{StackStatic, StackJQuery, StackVue2, StackVue3, StackReact, StackUniApp, StackEntry, StackMini}
}

// StacksFor lists the stacks an application of a kind can have: a mini-program only its own (KIND-2), one with a PC part
// all of them (KIND-3), a web application all but the mini-program's.
func StacksFor(kind listing.AppKind) []Stack {
	var out []Stack
	for _, s := range Stacks() {
		if s.suits(kind) {
			out = append(out, s)
		}
	}
	return out
}

func (s Stack) suits(kind listing.AppKind) bool {
	if s == StackMini {
		return kind == "" || kind.HasMini()
	}
	return kind != listing.KindMini
}

// byFile reports whether the code of a stack recognises a page by its file, not by a route.
func (s Stack) byFile() bool { return s == StackStatic || s == StackJQuery || s == StackEntry }

// byScreen reports whether the pages of a stack are named in a file of their own (pages.json, app.json).
func (s Stack) byScreen() bool { return s == StackUniApp || s == StackMini }

// Word returns the Chinese name of a stack.
func (s Stack) Word() string {
	switch s {
	case StackStatic:
		return "静态多页站点"
	case StackJQuery:
		return "jQuery 多页站点"
	case StackVue2:
		return "Vue 2 + vue-router"
	case StackVue3:
		return "Vue 3 + vue-router"
	case StackReact:
		return "React + react-router"
	case StackUniApp:
		return "uni-app（H5）"
	case StackEntry:
		return "电脑端手机端共用入口"
	case StackMini:
		return "小程序"
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
