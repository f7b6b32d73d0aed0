package portaltest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

const shell = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>加载中</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/app.css"></head>
<body><div id="app"></div><script src="/assets/app.js"></script></body></html>`

const qr = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 8 8"><rect width="8" height="8" fill="#fff"/>` +
	`<path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 6h1v1H6zM5 7h1v1H5zM7 5h1v1H7z"/></svg>`

func (p *Portal) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir(p.dist))))
	p.testRoutes(mux)
	p.personRoutes(mux)
	api := func(pattern string, answer func(*http.Request) (any, int)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if p.spoiled(w, r) {
				return
			}
			if p.wantsLogin(r) && !p.loggedIn(r) {
				http.Error(w, "未登录", http.StatusUnauthorized)
				return
			}
			reply(w, answer)(r)
		})
	}
	api("GET /api/page", p.answerPage)
	api("GET /api/rows/{table...}", p.answerRows)
	api("POST /api/act", p.answerAct)
	api("POST /api/check", p.answerCheck)
	api("POST /api/upload", p.answerUpload)
	api("GET /api/options", answerOptions)
	mux.HandleFunc("GET /api/scan", p.answerScan)
	mux.HandleFunc("GET /", p.document)
	return mux
}

func reply(w http.ResponseWriter, answer func(*http.Request) (any, int)) func(*http.Request) {
	return func(r *http.Request) {
		body, status := answer(r)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
	}
}

// testRoutes are for the tests and for the counters inside the pages; nothing spoils them.
func (p *Portal) testRoutes(mux *http.ServeMux) {
	post := func(path string, do func(*http.Request) any) {
		mux.HandleFunc("POST /_test/"+path, func(w http.ResponseWriter, r *http.Request) {
			reply(w, func(r *http.Request) (any, int) { return do(r), http.StatusOK })(r)
		})
	}
	get := func(path string, read func(*http.Request) any) {
		mux.HandleFunc("GET /_test/"+path, func(w http.ResponseWriter, r *http.Request) {
			reply(w, func(r *http.Request) (any, int) { return read(r), http.StatusOK })(r)
		})
	}
	post("final", p.countFinal)
	post("model", p.keepModel)
	post("scan", func(*http.Request) any { p.Scan(); return "ok" })
	post("expire", func(*http.Request) any { p.ExpireSession(); return "ok" })
	post("logout", func(*http.Request) any { p.LogOut(); return "ok" })
	post("fault", func(r *http.Request) any {
		var f Faults
		if !decode(r, &f) {
			return "unreadable"
		}
		p.SetFaults(f)
		return "ok"
	})
	post("state", func(r *http.Request) any {
		var asked struct{ Name, State string }
		return decode(r, &asked) && p.SetState(asked.Name, asked.State)
	})
	post("rows", func(r *http.Request) any {
		var asked struct {
			Table string
			Rows  []Record
		}
		if !decode(r, &asked) {
			return "unreadable"
		}
		p.SetRows(asked.Table, asked.Rows)
		return "ok"
	})
	get("sessions", func(*http.Request) any { return p.Sessions() })
	get("finals", func(*http.Request) any { return p.Finals() })
	get("model", func(r *http.Request) any { return p.Model(r.FormValue("form")) })
	get("rows", func(r *http.Request) any { return p.Rows(r.FormValue("table")) })
	get("uploads", func(*http.Request) any { return p.Uploads() })
	get("posted", func(*http.Request) any { return p.Posted() })
	mux.HandleFunc("GET /_test/qr.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = io.WriteString(w, qr)
	})
	mux.HandleFunc("GET /_test/download", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="readme.txt"`)
		_, _ = io.WriteString(w, "说明")
	})
	mux.HandleFunc("GET /_test/blank", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<p>新窗口") })
}

func (p *Portal) countFinal(r *http.Request) any {
	var pressed struct{ Name string }
	if !decode(r, &pressed) {
		return "unreadable"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finals[pressed.Name]++
	return "ok"
}

func (p *Portal) keepModel(r *http.Request) any {
	var held struct {
		Form  string
		Model map[string]any
	}
	if !decode(r, &held) {
		return "unreadable"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.models[held.Form] = held.Model
	return "ok"
}

// document serves every page: the bundle asks for what to draw.
func (p *Portal) document(w http.ResponseWriter, r *http.Request) {
	if p.spoiled(w, r) {
		return
	}
	if needsLogin(r.URL.Path, p.options.Login) && !p.loggedIn(r) {
		http.Redirect(w, r, loginPath(r.URL.Path)+"?goto="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
		return
	}
	if r.URL.Path == loginPath(r.URL.Path) && p.loggedIn(r) {
		http.Redirect(w, r, homeOf(r.URL.Path), http.StatusFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, shell)
	if p.options.Person {
		_, _ = io.WriteString(w, "<script>"+personScript+"</script>") // the person is there whatever else does not load
	}
}

func (p *Portal) answerPage(r *http.Request) (any, int) {
	at, err := url.Parse(r.FormValue("path"))
	if err != nil {
		return "unreadable", http.StatusBadRequest
	}
	spec, err := p.spec(at.Path, at.Query())
	if err != nil {
		return err.Error(), http.StatusNotFound
	}
	return spec, http.StatusOK
}

// spec is the page at a path.
func (p *Portal) spec(path string, q url.Values) (*Spec, error) {
	d := newDice(p.seed, path)
	s := &Spec{Title: "平台", Look: look(d, q)}
	kind, id, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch kind {
	case "form", "frame":
		f, title, err := p.form(id, q)
		if err != nil {
			return nil, err
		}
		if kind == "form" {
			f.Buttons = d.formButtons(id, len(f.Steps))
		} else {
			s.Look.Body, s.Look.Sticky = "frame-body", false
			s.Blocks = append(s.Blocks, Block{Form: f})
			return s, nil
		}
		s.Title = title
		s.Blocks = append(s.Blocks, Block{Text: title, Tag: d.one("h1", "h2", "div")}, Block{Form: f})
		inDialogs(s, q, d)
		return s, nil
	case "list":
		s.Title = id
		for _, part := range Parts(id) {
			if len(headers(part)) == 0 {
				return nil, fmt.Errorf("no table %q", id)
			}
			s.Blocks = append(s.Blocks, Block{List: p.list(part, q)})
		}
		return s, nil
	}
	return p.sitePage(s, d, path, q)
}

// inDialogs moves the form of a page into a dialog, or a dialog inside a dialog, that a button opens: dialog=1 or 2.
func inDialogs(s *Spec, q url.Values, d dice) {
	if q.Get("dialog") != "1" && q.Get("dialog") != "2" {
		return
	}
	b := d.button("打开表单", "primary", "act")
	s.Blocks = []Block{s.Blocks[0], {Buttons: []Button{b}}}
}

func (p *Portal) answerRows(r *http.Request) (any, int) {
	at, _ := strconv.Atoi(r.FormValue("page"))
	size, _ := strconv.Atoi(r.FormValue("size"))
	rows, total := p.page(r.PathValue("table"), max(at, 1), min(max(size, 1), 10_000))
	return map[string]any{"rows": rows, "total": total}, http.StatusOK
}

func (p *Portal) answerUpload(r *http.Request) (any, int) {
	if says := p.fault().UploadFails; says != "" {
		return map[string]string{"message": says}, http.StatusInternalServerError
	}
	file, head, err := r.FormFile("file")
	if err != nil {
		return "no file", http.StatusBadRequest
	}
	defer file.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, file)
	if err != nil {
		return "cut", http.StatusBadRequest
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.uploads = append(p.uploads, Upload{Label: r.FormValue("label"), Name: filepath.Base(head.Filename), Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return map[string]string{"name": head.Filename}, http.StatusOK
}

func answerOptions(r *http.Request) (any, int) {
	var found []string
	for _, name := range departments() {
		if q := r.FormValue("q"); q != "" && strings.Contains(name, q) {
			found = append(found, name)
		}
	}
	return map[string]any{"options": found}, http.StatusOK
}
