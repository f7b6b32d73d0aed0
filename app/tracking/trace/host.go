package trace

import "strings"

// hostValue is what the browser provides under a name, nil for anything else.
func hostValue(name string) *Value {
	switch name {
	case "window", "self", "globalThis", "top", "parent":
		return hosted("window")
	case "document", "navigator", "location", "console", "history":
		return hosted(name)
	case "aplus_queue":
		return hosted("queue")
	case "undefined":
		return nothing()
	case "Promise", "Object", "Array", "String", "Number", "Boolean", "JSON", "Math", "Reflect", "Symbol", "Function",
		"setTimeout", "setInterval", "requestAnimationFrame", "requestIdleCallback", "queueMicrotask", "setImmediate",
		"addEventListener", "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI", "require", "XMLHttpRequest",
		"RegExp", "wpkReporter", "newwpkReporter", "attachEvent", "Map", "Set", "WeakMap", "Proxy":
		return hosted(name)
	}
	return nil
}

// isAPI reports whether a name is something that code asks for before it uses it, as it may not be there.
func isAPI(name string) bool {
	switch name {
	case "dd", "_wpk", "wpkReporter", "aplus", "aplus_queue", "AlipayJSBridge", "$", "jQuery", "axios", "Vue", "my", "uni", "console", "attachEvent", "addEventListener":
		return true
	}
	return false
}

// whenNamed tells from the name of a function, an event or a property when the function is called. It is empty when the
// name says nothing.
func whenNamed(name string) When {
	if name == "$" || name == "jQuery" { // $(function () {…})
		return OnLoad
	}
	n := strings.ToLower(strings.TrimLeft(name, "$_"))
	if w, ok := whenExactly[n]; ok {
		return w
	}
	switch {
	case strings.Contains(n, "route") && name != "" || strings.HasPrefix(n, "routechange"):
		return OnRoute
	case strings.HasPrefix(n, "touch"), strings.HasPrefix(n, "mouse"), strings.HasPrefix(n, "key"), strings.HasPrefix(n, "click"), strings.HasPrefix(n, "handle"):
		return OnUser
	}
	return ""
}

// whenExactly says for whole names, in lower case, when what has them is called.
var whenExactly = func() map[string]When {
	out := map[string]When{}
	for when, names := range map[When]string{
		OnSuccess: "success onsuccess done ok onok then resolve",
		OnFailure: "fail onfail error onerror failure onfailure catch onabort ontimeout reject",
		OnEither:  "complete oncomplete always finally onloadend onreadystatechange",
		OnTimer:   "settimeout setinterval requestanimationframe requestidlecallback queuemicrotask setimmediate nexttick",
		OnLoad:    "domcontentloaded load onload ready onready isready readystatechange deviceready alipayjsbridgeready pageshow",
		OnLeave:   "pagehide beforeunload unload visibilitychange onhide onunload beforedestroy beforeunmount destroyed unmounted onbeforeunmount onunmounted",
		OnRoute:   "aftereach beforeeach beforeresolve hashchange popstate onhashchange listen subscribe beforerouteenter beforerouteupdate",
		OnView: "mounted created beforemount beforecreate onmounted onbeforemount oncreated onshow onlaunch activated onactivated " +
			"componentdidmount componentdidupdate componentwillmount useeffect uselayouteffect setup data render " +
			"createelement jsx jsxs jsxdev h createvnode memo forwardref withrouter observer definecomponent createapp createssrapp oncreate",
		OnUser: "click onclick tap input change submit onsubmit onchange scroll resize focus blur",
	} {
		for _, n := range strings.Fields(names) {
			out[n] = when
		}
	}
	return out
}()

// neverFails reports whether an outcome of this name has no failure to wait for.
func neverFails(name string) bool {
	switch name {
	case "isReady", "nextTick", "$nextTick", "ready", "import", "whenDefined":
		return true
	}
	return false
}
