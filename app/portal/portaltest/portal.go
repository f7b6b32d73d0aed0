package portaltest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/forms"
	"shangjiatong/app/procedure"
)

// Kits are the kits whose bundles there are; plain is none of them.
func Kits() []string {
	return []string{"element-plus", "element-ui", "ant-design-vue-4", "ant-design-vue-1", "antd-5", "plain"}
}

// Options say what kind of portal is started.
type Options struct {
	Kit      string // one of Kits; empty: element-plus
	Seed     int64
	Rows     int    // of each list; 0: 23
	PageSize int    // 0: 10
	Empty    bool   // the lists have no rows
	Login    bool   // /form and /list want a login too, as the rest of the portal always does
	Polls    int    // how often the page asks before a compile ends; 0: 2
	Compile  string // how it ends; empty: 代码编译通过
	Person   bool   // a person sits at the page: see Do
	Address  string // where to listen; empty: a free port of 127.0.0.1
}

// Upload is a file the portal took.
type Upload struct {
	Label  string `json:"label"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Kept   bool   `json:"kept"` // by a submitted form or dialog, not only transferred
}

// Portal is a running portal. It is safe for use by several goroutines.
type Portal struct {
	Kit string

	options   Options
	seed      int64
	catalogue *forms.Catalogue
	states    *procedure.PortalStates
	dist      string
	address   string
	ended     chan struct{}

	mu         sync.Mutex
	server     *http.Server
	rows       map[string][]Record
	models     map[string]map[string]any
	finals     map[string]int
	uploads    []Upload
	posted     []Posted
	sessions   map[string]bool
	scan       bool // the next login page that asks is confirmed
	faults     Faults
	counted    int
	registered int    // by the portal itself: their numbers follow from it
	deeds      []Deed // what the person does next
	asked      int
	pressed    map[string]int // by the person
	polls      map[string]int // of a version that compiles: how often it was asked for
}

// Posted is a form that a final button sent.
type Posted struct {
	Form   string         `json:"form"`
	Button string         `json:"button"`
	Values map[string]any `json:"values"`
	Of     string         `json:"of"` // the number of the release or app, or the component, it is about
}

// Start starts a portal that ends with the test.
func Start(t testing.TB, o Options) *Portal {
	t.Helper()
	p, err := Serve(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// Serve starts a portal that runs until Close.
func Serve(o Options) (*Portal, error) {
	o.Kit = orElse(o.Kit, Kits()[0])
	if !slices.Contains(Kits(), o.Kit) {
		return nil, fmt.Errorf("no kit %q, there are %s", o.Kit, strings.Join(Kits(), ", "))
	}
	if o.Rows == 0 {
		o.Rows = 23
	}
	if o.PageSize == 0 {
		o.PageSize = 10
	}
	o.Address = orElse(o.Address, "127.0.0.1:0")
	o.Compile = orElse(o.Compile, "代码编译通过")
	if o.Polls == 0 {
		o.Polls = 2
	}
	dist, err := bundles(o.Kit)
	if err != nil {
		return nil, err
	}
	catalogue, err := forms.Default()
	if err != nil {
		return nil, err
	}
	states, err := procedure.EmbeddedPortal()
	if err != nil {
		return nil, err
	}
	p := &Portal{
		Kit: o.Kit, options: o, seed: o.Seed, catalogue: catalogue, states: states, dist: dist, ended: make(chan struct{}),
		rows: map[string][]Record{}, models: map[string]map[string]any{}, finals: map[string]int{},
		sessions: map[string]bool{}, polls: map[string]int{}, pressed: map[string]int{}, address: o.Address,
	}
	p.fillLists()
	return p, p.Up()
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (p *Portal) fillLists() {
	for _, id := range ListIDs() {
		for _, part := range Parts(id) {
			n := p.options.Rows
			if id == "TABLE-3" {
				n = min(n, 3)
			}
			for i := range n {
				if !p.options.Empty {
					p.rows[part] = append(p.rows[part], made(part, i))
				}
			}
		}
	}
}

// bundles finds the kit's bundle in build/portals/dist, from the module's root.
func bundles(kit string) (string, error) {
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(at)
		if up == at {
			return "", errors.New("no go.mod above the working folder: run this inside the project")
		}
		at = up
	}
	dist := filepath.Join(at, "build", "portals", "dist", kit)
	if _, err := os.Stat(filepath.Join(dist, "app.js")); err != nil {
		return "", fmt.Errorf("the test portals are not built (%s): run \"make portals\"", filepath.Join("build", "portals", "dist", kit))
	}
	return dist, nil
}

// Up makes the portal listen, again at the same address after Down.
func (p *Portal) Up() error {
	var config net.ListenConfig
	l, err := config.Listen(context.Background(), "tcp", p.address)
	if err != nil {
		return fmt.Errorf("test portal: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.address = l.Addr().String()
	p.server = &http.Server{Handler: p.handler(), ReadHeaderTimeout: time.Minute}
	go func(s *http.Server) { _ = s.Serve(l) }(p.server)
	return nil
}

// Down is the network gone: nobody listens, and open connections are cut. What the portal knows stays.
func (p *Portal) Down() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.server.Close()
}

// Close ends the portal.
func (p *Portal) Close() {
	close(p.ended)
	p.Down()
}

// URL is the address of a page of the portal.
func (p *Portal) URL(path string) string { return "http://" + p.address + path }

// Model is what the page's own form held last: texts, lists of texts, dates as 2006-01-02, files as names, rows as a
// list of maps, switches as booleans. The keys are labels, heading>label where a label occurs twice.
func (p *Portal) Model(form string) map[string]any {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.models[form])
}

// Finals says how often each final button was pressed.
func (p *Portal) Finals() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.finals)
}

// Uploads are the files the portal took.
func (p *Portal) Uploads() []Upload {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.uploads)
}

// Posted are the forms that final buttons sent, the oldest first.
func (p *Portal) Posted() []Posted {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.posted)
}

// Rows are the rows of a table as the facts name its columns, without 操作. TABLE-3 has TABLE-3/线上环境 and
// TABLE-3/测试环境.
func (p *Portal) Rows(table string) []Record {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Record
	for _, r := range p.rows[table] {
		out = append(out, maps.Clone(r))
	}
	return out
}

// SetRows replaces the rows of a table.
func (p *Portal) SetRows(table string, rows []Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows[table] = rows
}

// SetState changes the state of the release with this 治理侧名称, as a reviewer would. It reports whether there is one.
func (p *Portal) SetState(name, state string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := slices.IndexFunc(p.rows["TABLE-1"], func(r Record) bool { return r["治理侧名称"] == name })
	if at < 0 {
		return false
	}
	row := p.rows["TABLE-1"][at]
	row["状态"], row["更新时间"] = state, stamp()
	if state == "已发布" {
		p.goOnline(row["应用发布ID"])
	}
	return true
}

// change sets a cell of the row whose key column holds a text; p.mu is held.
func (p *Portal) change(table, key, text, column, to string) bool {
	for _, r := range p.rows[table] {
		if r[key] == text {
			r[column] = to
			return true
		}
	}
	return false
}

func decode(r *http.Request, into any) bool {
	return json.NewDecoder(http.MaxBytesReader(nil, r.Body, 64<<20)).Decode(into) == nil
}
