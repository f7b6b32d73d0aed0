package trace

import "strings"

// The actions of the traffic analysis SDK.
const (
	actionMeta = "aplus.setMetaInfo"
	actionPV   = "aplus.sendPV"
)

// pushed notes what was pushed onto the queue.
func (m *machine) pushed(q *Value, args []*Value, at Mark) {
	if len(args) == 0 {
		m.emit(&Event{What: Push, At: at, Cached: q.cached})
	}
	for _, a := range args {
		a.Each(func(one *Value) { m.pushedOne(q, one, at) })
	}
}

func (m *machine) pushedOne(q, v *Value, at Mark) {
	action := v.Get("action")
	if v.Kind != Object || action == nil {
		m.emit(&Event{What: Push, At: at, Cached: q.cached, Value: v})
		return
	}
	var list []*Value
	if given := v.Get("arguments"); given != nil {
		given.Each(func(g *Value) {
			if list == nil {
				list = g.List()
			}
		})
		if given.Kind != Array {
			list = nil
		}
	}
	if action.Kind != String && action.Kind != Union {
		m.emit(&Event{What: Push, At: at, Cached: q.cached, Value: v})
		return
	}
	action.Each(func(name *Value) { m.action(q, name, list, v) })
}

func (m *machine) action(q, name *Value, list []*Value, whole *Value) {
	e := &Event{At: name.At, Name: name.Text, Args: list, Cached: q.cached, Value: whole}
	switch {
	case name.Kind != String:
		e.What = Push
	case name.Text == actionPV:
		e.What = PV
	case name.Text == actionMeta:
		m.meta(e, list)
		return
	case knownAction(name.Text):
		e.What = Record
	default:
		e.What = Odd
	}
	m.emit(e)
}

// meta notes a setting; a name that may be one of several gives an event each.
func (m *machine) meta(e *Event, list []*Value) {
	e.What = Meta
	if len(list) == 0 {
		e.Name = ""
		m.emit(e)
		return
	}
	var value *Value
	if len(list) > 1 {
		value = list[1]
	}
	list[0].Each(func(name *Value) {
		one := *e
		one.Name, one.Value = name.Text, value
		switch {
		case name.Kind != String:
			one.What = Push
		case !name.At.IsZero():
			one.At = name.At
		}
		m.emit(&one)
	})
}

// knownAction reports whether the SDK has an action of this name.
func knownAction(name string) bool {
	switch name {
	case "aplus.record", "aplus.appendMetaInfo", "aplus.getMetaInfo", "aplus.updatePageProperties", "aplus.updatePageName",
		"aplus.enter", "aplus.leave", "aplus.sendEvent", "aplus.setPageName", "aplus.skipPage",
		"aplus.pageAppear", "aplus.pageDisAppear", "aplus.updateNextPageProperties", "aplus.globalConfig", "aplus.on", "aplus.off":
		return true
	}
	return strings.HasPrefix(name, "aplus.subscribe") || strings.HasPrefix(name, "aplus_")
}
