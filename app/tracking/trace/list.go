package trace

import "strings"

// arrayMethod is a call on a list, or on a Map, which is a list of pairs.
func (m *machine) arrayMethod(this *Value, name string, args []*Value) *Value {
	if this.object.pairs {
		if out := m.mapMethod(this, name, args); out != nil {
			return out
		}
	}
	switch name {
	case "push", "unshift", "add":
		this.object.list = append(this.object.list, args...)
		this.bound()
		if m.log != nil {
			this.object.open = true
		}
		return unknown("")
	case "forEach", "map", "find", "filter", "some", "every", "flatMap", "findIndex", "findLast":
		return m.overList(this, name, args)
	case "reduce":
		return m.reduce(this, args)
	case "concat":
		return m.concat(this, args)
	case "join":
		return joined(this, args)
	case "slice":
		return sliced(this, args)
	case "reverse":
		return reversed(this)
	case "sort", "values", "flat":
		return this
	case "pop", "shift", "at":
		return itemOf(this)
	case "includes", "indexOf", "has":
		return holds(this, name, args)
	}
	return nil
}

// overList calls a function with the items of a list.
func (m *machine) overList(this *Value, name string, args []*Value) *Value {
	items := this.List()
	if this.Unlisted() {
		items = []*Value{itemOf(this)}
	}
	var results []*Value
	if len(args) > 0 && args[0].Kind == Func {
		for i, item := range items {
			results = append(results, m.call(args[0].fn, nil, []*Value{item, number(float64(i), Mark{}), this}))
		}
	}
	switch name {
	case "find", "findLast":
		return oneOf(append(append([]*Value{}, this.List()...), nothing())...)
	case "filter":
		out := newArray(this.List(), this.At)
		out.object.open = true
		return out
	case "map":
		out := newArray(results, this.At)
		out.object.open = this.Unlisted()
		return out
	case "forEach":
		return nothing()
	}
	return unknown("")
}

// reduce carries a value through the items of a list.
func (m *machine) reduce(this *Value, args []*Value) *Value {
	items := this.List()
	if len(args) == 0 || args[0].Kind != Func || this.Unlisted() {
		return unknown("")
	}
	var sum *Value
	if len(args) > 1 {
		sum = args[1]
	} else if len(items) > 0 {
		sum, items = items[0], items[1:]
	}
	for i, item := range items {
		sum = m.call(args[0].fn, nil, []*Value{sum, item, number(float64(i), Mark{}), this})
	}
	if sum == nil {
		return unknown("")
	}
	return sum
}

func (m *machine) concat(this *Value, args []*Value) *Value {
	out := newArray(append([]*Value{}, this.List()...), this.At)
	out.object.open = this.Open()
	for _, a := range args {
		if a.Kind == Array {
			out.object.list = append(out.object.list, a.List()...)
			out.object.open = out.object.open || a.Open()
		} else {
			out.object.list = append(out.object.list, a)
		}
	}
	out.bound()
	return out
}

// sliced is a part of a list between two known places, else the list.
func sliced(this *Value, args []*Value) *Value {
	list := this.List()
	ends := [2]int{0, len(list)}
	for i := range min(len(args), 2) {
		switch {
		case args[i].Kind == Undefined:
			continue
		case args[i].Kind != Number || this.Open():
			return this
		}
		at := int(args[i].num())
		if at < 0 {
			at += len(list)
		}
		ends[i] = max(0, min(at, len(list)))
	}
	out := newArray(list[ends[0]:max(ends[0], ends[1])], this.At)
	out.object.open = this.Open()
	return out
}

func reversed(this *Value) *Value {
	list := this.List()
	out := newArray(make([]*Value, len(list)), this.At)
	for i, v := range list {
		out.object.list[len(list)-1-i] = v
	}
	out.object.open = this.Open()
	return out
}

// holds tells whether a list of known values has a value, or where.
func holds(this *Value, name string, args []*Value) *Value {
	if len(args) == 0 || this.Open() {
		return unknown("")
	}
	for i, item := range this.List() {
		equal, known := same(item, args[0])
		if !known {
			return unknown("")
		}
		if equal {
			return place(name, i)
		}
	}
	return place(name, -1)
}

func place(name string, at int) *Value {
	if name == "indexOf" {
		return number(float64(at), Mark{})
	}
	return boolean(at >= 0)
}

// newCollection is new Map(pairs) or new Set(items).
func newCollection(kind string, args []*Value) *Value {
	out := newArray(nil, Mark{})
	if len(args) > 0 && args[0].Kind == Array {
		out.object.list, out.object.open, out.At = append([]*Value{}, args[0].List()...), args[0].Open(), args[0].At
	} else if len(args) > 0 && args[0].Kind != Undefined && args[0].Kind != Null {
		out.object.open = true
	}
	out.object.pairs = strings.HasSuffix(kind, "Map")
	return out
}

// mapMethod is a call on a Map; nil means one that lists have as well.
func (m *machine) mapMethod(this *Value, name string, args []*Value) *Value {
	switch name {
	case "forEach":
		if len(args) > 0 && args[0].Kind == Func {
			for _, pair := range this.List() {
				m.call(args[0].fn, nil, []*Value{itemAt(pair, 1), itemAt(pair, 0), this})
			}
		}
		return nothing()
	case "set":
		this.object.list = append(this.object.list, newArray(args, Mark{}))
		this.bound()
		this.object.open = this.object.open || m.log != nil
		return this
	case "get":
		return mapped(this, args)
	case "has":
		return unknown("")
	case "entries":
		out := newArray(this.List(), this.At)
		out.object.open = this.Open()
		return out
	case "keys", "values":
		part := 0
		if name == "values" {
			part = 1
		}
		out := newArray(nil, this.At)
		for _, pair := range this.List() {
			out.object.list = append(out.object.list, itemAt(pair, part))
		}
		out.object.open = this.Open()
		return out
	}
	return nil
}

// mapped is what a Map holds under a key: the newest value of a known key, else any.
func mapped(this *Value, args []*Value) *Value {
	if len(args) == 0 {
		return unknown("")
	}
	some := []*Value{nothing()}
	for i := len(this.List()) - 1; i >= 0; i-- {
		pair := this.List()[i]
		equal, known := same(itemAt(pair, 0), args[0])
		if known && equal {
			return itemAt(pair, 1)
		}
		if !known {
			some = append(some, itemAt(pair, 1))
		}
	}
	if this.Open() {
		return unknown("")
	}
	return oneOf(some...)
}
