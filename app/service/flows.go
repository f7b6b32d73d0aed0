package service

import (
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// flows are all flows the program knows at one moment: those it brings and those the unit imported. It keeps the plans it
// made, since many cases share one.
type flows struct {
	*procedure.Library
	plans map[planned]*procedure.Plan
}

type planned struct {
	flow  *procedure.Flow
	shape procedure.Shape
}

func (f *flows) plan(flow *procedure.Flow, shape procedure.Shape) *procedure.Plan {
	key := planned{flow, shape}
	if f.plans[key] == nil {
		f.plans[key] = flow.Plan(shape)
	}
	return f.plans[key]
}

// parsedFlows remembers imported files that were read before, by their SHA-256.
type parsedFlows struct {
	mu  sync.Mutex
	all map[string]*procedure.Flow
}

func (p *parsedFlows) parse(file listing.FlowFile) (*procedure.Flow, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.all[file.SHA256]; f != nil {
		return f, nil
	}
	f, err := procedure.Parse(file.FileName, []byte(file.Body))
	if err != nil {
		return nil, err
	}
	if p.all == nil {
		p.all = map[string]*procedure.Flow{}
	}
	p.all[file.SHA256] = f
	return f, nil
}

// library returns the flows of the program with those the unit imported. An imported version that the program meanwhile
// brings itself is passed over.
func (c *core) library(r listing.Reader) (*flows, error) {
	files, err := listing.All[listing.FlowFile](r)
	if err != nil {
		return nil, err
	}
	all := c.embedded
	for _, file := range files {
		flow, err := c.imported.parse(file)
		if err != nil {
			return nil, err
		}
		more, err := all.With(flow)
		switch {
		case err == nil:
			all = more
		case listing.CodeOf(err) != listing.CodeConflict:
			return nil, err
		}
	}
	return &flows{all, map[planned]*procedure.Plan{}}, nil
}
