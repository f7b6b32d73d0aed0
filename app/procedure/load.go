package procedure

import (
	"embed"
	"fmt"
	"io/fs"

	"shangjiatong/app/listing"
	"shangjiatong/app/listing/datafile"
)

//go:embed flows/*.yaml
var flows embed.FS

const (
	maxFile  = 512 << 10 // bytes; FLOW-1 has about thirty thousand
	dataHint = "流程数据文件有误，请改正后重新载入；程序自带的文件出错时请重新安装"
)

// Library holds flows by ID and version. It never changes after loading.
type Library struct {
	flows []*Flow
}

// Embedded returns the flows that come with the program.
func Embedded() (*Library, error) { return Load(flows, "flows/*.yaml") }

// Load reads and checks every file of fsys that matches pattern (as in fs.Glob). Errors are *listing.Error with code
// invalid, too_large, unreadable or conflict (the same flow in the same version twice), naming file and place.
func Load(fsys fs.FS, pattern string) (*Library, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil || len(names) == 0 {
		return nil, listing.Failf(listing.CodeNotFound, dataHint, "没有找到流程数据文件 %s", pattern).Because(err)
	}
	lib := &Library{}
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, listing.Failf(listing.CodeUnreadable, dataHint, "流程数据文件 %s 读不出来", name).Because(err)
		}
		flow, err := Parse(name, raw)
		if err != nil {
			return nil, err
		}
		if lib.find(flow.ID, flow.Version) != nil {
			return nil, listing.Failf(listing.CodeConflict, dataHint, "%s：流程 %s 的版本 %s 已经有了", name, flow.ID, flow.Version)
		}
		lib.flows = append(lib.flows, flow)
	}
	return lib, nil
}

// Flow returns a flow in the very version a case is pinned to; CodeNotFound names what is missing.
func (l *Library) Flow(id, version string) (*Flow, error) {
	if flow := l.find(id, version); flow != nil {
		return flow, nil
	}
	if _, err := l.Latest(id); err != nil {
		return nil, err
	}
	return nil, listing.Failf(listing.CodeNotFound, "请升级到带有这个版本的程序，或导入这个版本的流程数据",
		"没有流程 %s 的版本 %s", id, version)
}

// Latest returns the newest version of a flow; CodeNotFound names an unknown flow.
func (l *Library) Latest(id string) (*Flow, error) {
	var newest *Flow
	for _, flow := range l.flows {
		if flow.ID == id && (newest == nil || flow.Version > newest.Version) {
			newest = flow
		}
	}
	if newest == nil {
		return nil, listing.Failf(listing.CodeNotFound, "请检查流程编号，例如 FLOW-1", "没有流程 %s", id)
	}
	return newest, nil
}

// Flows lists every flow and version, in the order of the files.
func (l *Library) Flows() []*Flow { return append([]*Flow(nil), l.flows...) }

func (l *Library) find(id, version string) *Flow {
	for _, flow := range l.flows {
		if flow.ID == id && flow.Version == version {
			return flow
		}
	}
	return nil
}

// Parse reads one flow file and checks it as a whole. name stands in the messages.
func Parse(name string, raw []byte) (*Flow, error) {
	flow := &Flow{}
	if err := decode(name, raw, flow); err != nil {
		return nil, err
	}
	if err := flow.check(name); err != nil {
		return nil, err
	}
	return flow, nil
}

// decode reads one file.
func decode(name string, raw []byte, into any) error {
	if len(raw) > maxFile {
		return listing.Failf(listing.CodeTooLarge, dataHint, "%s 有 %d 字节，超过上限 %d 字节", name, len(raw), maxFile)
	}
	return datafile.Decode(raw, into, func(message string) *listing.Error { return wrong(name, "", "%s", message) })
}

// wrong makes the error for a fault at a place (a path of keys) of a flow file.
func wrong(name, place, format string, args ...any) *listing.Error {
	message := fmt.Sprintf(format, args...)
	if place == "" {
		return listing.Failf(listing.CodeInvalid, dataHint, "%s：%s", name, message)
	}
	e := listing.Failf(listing.CodeInvalid, dataHint, "%s 的 %s：%s", name, place, message)
	e.Field = place
	return e
}
