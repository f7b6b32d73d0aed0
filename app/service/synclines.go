package service

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// maxCell bounds a value taken over from a list, in characters.
const maxCell = 300

// Whose value the result of a line is.
const (
	sidePortal = "portal"
	sideLocal  = "local"
)

// Result keys of the lines that are no single field.
const (
	partAdopt = "adopt"
	partAct   = "act"
	keyState  = "app.portal.state"
)

// comparing is everything a plan is worked out from.
type comparing struct {
	*core
	rec      listing.SyncPlan
	apps     []listing.App
	running  map[string]*running // by app
	versions map[string]listing.CodeVersion
}

// compare works a plan out from what was read and what stands here. It is the same for the same input, whenever it runs.
func (c *core) compare(r listing.Reader, rec listing.SyncPlan) (SyncPlan, error) {
	w := &comparing{core: c, rec: rec, running: map[string]*running{}, versions: map[string]listing.CodeVersion{}}
	runs, err := c.loadAll(r)
	if err != nil {
		return SyncPlan{}, err
	}
	for _, run := range runs {
		w.apps = append(w.apps, run.dossier.App)
		w.running[run.dossier.App.ID] = run
	}
	kept, err := listing.All[listing.CodeVersion](r)
	if err != nil {
		return SyncPlan{}, err
	}
	for _, v := range kept {
		w.versions[v.ID] = v
	}
	all := c.sightings(rec)
	c.match(all, w.apps, rec.Choices)
	out := SyncPlan{ID: rec.ID, At: rec.At, By: rec.By, Quiet: rec.Quiet, AppliedAt: rec.AppliedAt, Done: rec.Done,
		Tables: []SyncTableInfo{}, Rows: []SyncRow{}, Missing: []SyncMissing{}}
	if out.Done == nil {
		out.Done = []string{}
	}
	for _, rows := range group(all) {
		out.Rows = append(out.Rows, w.row(rows))
	}
	for _, t := range rec.Tables {
		out.Tables = append(out.Tables, c.tableInfo(t))
		if row, ok := w.versionRow(t); ok {
			out.Rows = append(out.Rows, row)
		}
	}
	out.Missing = w.missing(all)
	out.count()
	return out, nil
}

func (c *core) tableInfo(t listing.SyncTable) SyncTableInfo {
	info := SyncTableInfo{Table: t.Table, Title: t.Table, From: t.From, At: t.At, Pages: t.Pages, Rows: len(t.Rows), Notes: t.Notes}
	if spec := c.forms.Table(t.Table); spec != nil {
		info.Title = spec.Title
	}
	if info.Notes == nil {
		info.Notes = []string{}
	}
	return info
}

func matchWord(how string) string {
	switch how {
	case MatchNumber:
		return "编号相同"
	case MatchName:
		return "名称相同"
	case MatchChosen:
		return "由您选定"
	case MatchAmbiguous:
		return "不能确定，请选择"
	}
	return "这里没有"
}

// row works out what follows from the rows about one application.
func (w *comparing) row(rows []*sighting) SyncRow {
	first := rows[0]
	out := SyncRow{ID: rowID(first), Name: first.name, Match: first.how, Candidates: []SyncCandidate{}, Cells: []SyncCell{}, Lines: []SyncLine{}, Notes: []string{}}
	for _, s := range rows {
		out.Number = cmp.Or(out.Number, s.number)
		out.Notes = append(out.Notes, s.notes...)
		for _, m := range s.maybe {
			if !slices.ContainsFunc(out.Candidates, func(o SyncCandidate) bool { return o.AppID == m.AppID }) {
				out.Candidates = append(out.Candidates, m)
			}
		}
		for _, header := range sortedKeys(s.cells) {
			out.Cells = append(out.Cells, SyncCell{Table: s.spec.ID, Header: header, Text: w.forms.Cell(s.cells[header])})
		}
	}
	out.MatchWord = matchWord(out.Match)
	if text := w.stateOf(rows); text != "" {
		state, _ := w.portal.State(text)
		out.State = &state
	}
	switch {
	case first.app != nil:
		w.changed(&out, rows)
	case out.Match == MatchNone:
		out.Lines = append(out.Lines, w.adoption(out, rows))
	}
	for i := range out.Lines {
		out.Lines[i].Fingerprint = fingerprint(out.Lines[i])
	}
	return out
}

// stateOf is 状态 of TABLE-1 among the rows about one application.
func (w *comparing) stateOf(rows []*sighting) string {
	for _, s := range rows {
		for _, col := range s.spec.Columns {
			if col.Key == keyState {
				return w.forms.Cell(s.cells[col.Header])
			}
		}
	}
	return ""
}

// changed compares an app with the rows about it.
func (w *comparing) changed(out *SyncRow, rows []*sighting) {
	a := rows[0].app
	out.AppID, out.AppName = a.ID, a.Name
	if a.Archived {
		out.Notes = append(out.Notes, "这个应用在这里已经归档")
	}
	for _, s := range rows {
		for _, col := range s.spec.Columns {
			line, note, ok := w.field(a, s, col)
			if note != "" {
				out.Notes = append(out.Notes, note)
			}
			if ok && !slices.ContainsFunc(out.Lines, func(l SyncLine) bool { return l.Key == line.Key }) {
				line.ID = out.ID + "." + strings.TrimPrefix(line.Key, "app.")
				out.Lines = append(out.Lines, line)
			}
		}
	}
	w.acts(out, w.stateOf(rows))
}

// field compares one cell with what stands here.
func (w *comparing) field(a *listing.App, s *sighting, col forms.Column) (line SyncLine, note string, ok bool) {
	value, local := w.forms.Cell(s.cells[col.Header]), localOf(a, col.Key)
	if value == "" {
		return line, "", false
	}
	if col.Words != "" {
		word, known := w.forms.Translate(col.Words, value)
		if !known {
			return line, fmt.Sprintf("%s“%s”没有见过，没有改动这里的%s", col.Header, value, col.Label), false
		}
		value = word
	}
	if same(col, local, value) || (col.Listed && !w.forms.Has(col.Key, value)) {
		return line, "", false
	}
	line = SyncLine{Kind: SyncField, AppID: a.ID, AppName: a.Name, Table: s.spec.ID, Key: col.Key, Label: col.Label, Local: local,
		Portal: value, Result: value, Side: sidePortal, Meaning: w.meaning(col, value)}
	switch {
	case utf8.RuneCountInString(value) > maxCell:
		line.Result, line.Side = local, sideLocal
		line.Why, line.Hint = "平台上的内容太长，没有采用", "请到平台核对这一格"
	case col.Take == forms.TakeKeep:
		line.Ticked = local == "" || col.Key != s.spec.NumberKey
		if !line.Ticked {
			line.Meaning = fmt.Sprintf("这里登记的%s是“%s”，与列表不同，请确认是同一个应用再采用。", col.Label, local)
		}
	case local == "" || col.Listed:
		line.Ticked = true
	case col.Take == forms.TakeAsk:
		line.Kind, line.Result, line.Side = SyncQuestion, local, sideLocal
		line.Why, line.Hint = "两边不一致，要由您判断哪一边对", "这里不对就到“资料”里改，平台不对就到平台上改"
	}
	return line, "", true
}

func same(col forms.Column, local, value string) bool {
	if col.Take == forms.TakeAsk {
		return plain(local) == plain(value)
	}
	return local == value
}

// meaning says what a value means; a state that nobody described says so.
func (w *comparing) meaning(col forms.Column, value string) string {
	if col.Key != keyState {
		return col.Means
	}
	state, known := w.portal.State(value)
	if !known {
		return state.Meaning + "。"
	}
	return state.Meaning + state.Next
}

// acts adds what follows for the running case of an app.
func (w *comparing) acts(out *SyncRow, state string) {
	run := w.running[out.AppID]
	if state == "" || run == nil || !run.started || run.kase.ClosedAt != "" {
		return
	}
	if notice := run.state.PortalNotice(w.portal, state); notice != "" {
		out.Notes = append(out.Notes, notice)
	}
	last := ""
	for _, f := range run.state.PortalFollows(w.portal, state, run.findings) {
		line := SyncLine{ID: out.ID + "." + partAct + "." + f.Task + "." + string(f.Act), Kind: SyncAct, AppID: out.AppID, AppName: out.AppName,
			Table: "TABLE-1", Key: partAct + "." + f.Task + "." + string(f.Act), Label: f.Task + " " + f.Title, Local: run.state.Status(f.Task).Word(), Portal: state,
			Result: f.Act.Word(), Side: sidePortal, Meaning: f.Why + "。", CaseID: run.kase.ID, Task: f.Task, TaskTitle: f.Title, Act: f.Act, ActWord: f.Act.Word()}
		if f.After {
			line.After = last
		}
		if f.Stop != nil {
			line.Why, line.Hint = f.Stop.Message, f.Stop.Hint
		}
		if f.Act == listing.ActReturn {
			line.Reason = "治理侧状态变为“" + state + "”，退回意见见平台的审批进度"
			for _, id := range run.state.Reopenable(f.Task) {
				line.Reopenable = append(line.Reopenable, SyncTask{ID: id, Title: run.flow.Task(id).Title})
			}
		}
		last = line.ID
		out.Lines = append(out.Lines, line)
	}
}

// adoption offers to make a new app of a row that belongs to none.
func (w *comparing) adoption(out SyncRow, rows []*sighting) SyncLine {
	a := w.newApp(rows)
	line := SyncLine{ID: out.ID + "." + partAdopt, Kind: SyncAdopt, AppName: a.Name, Table: rows[0].spec.ID, Key: partAdopt, Label: "收为新应用",
		Portal: out.Name, Side: sidePortal, Meaning: "平台上有、这里没有的应用，可以收为新应用。"}
	var parts []string
	for _, p := range [][2]string{{"名称", a.Name}, {"治理侧名称", a.ReleaseName}, {"应用发布ID", a.Portal.ReleaseID}, {"APPID", a.Portal.HostingID},
		{"治理侧状态", a.Portal.State}, {"应用类型", string(a.Kind)}, {"应用状态", a.CatalogState}, {"负责人", a.ResponsibleName},
		{"移动端地址", a.MobileURL}, {"PC地址", a.PCURL}} {
		if p[1] != "" {
			parts = append(parts, p[0]+"："+p[1])
		}
	}
	line.Result = strings.Join(parts, "；")
	if a.Kind == "" {
		line.Meaning += "列表里看不出应用类型，收入后请到“资料”里选择。"
	}
	if _, known := w.portal.State(a.Portal.State); a.Portal.State != "" && !known {
		line.Meaning += "状态“" + a.Portal.State + "”没有见过，照原样记下。"
	}
	switch taken := slices.IndexFunc(w.apps, func(o listing.App) bool { return o.Name == a.Name }); {
	case a.Name == "":
		line.Why, line.Hint = "列表里没有名称", "请到平台核对这一行"
	case utf8.RuneCountInString(line.Result) > 4*maxCell:
		line.Why, line.Hint = "平台上的内容太长，没有采用", "请到平台核对这一行"
	case taken >= 0 && w.apps[taken].Archived:
		line.Why, line.Hint = fmt.Sprintf("已归档里有一个应用叫“%s”", a.Name), "是同一个应用就先恢复它，再重新比对"
	case taken >= 0:
		line.Why, line.Hint = fmt.Sprintf("这里已经有一个应用叫“%s”", a.Name), "是同一个应用就选定它，不是就先改名"
	}
	return line
}

// newApp is the app that rows tell of.
func (w *comparing) newApp(rows []*sighting) listing.App {
	a := listing.App{}
	for _, s := range rows {
		for _, col := range s.spec.Columns {
			value := w.forms.Cell(s.cells[col.Header])
			if col.Words != "" {
				word, known := w.forms.Translate(col.Words, value)
				if known {
					a.Kind = listing.AppKind(word)
				}
				continue
			}
			if at := localAt(&a, col.Key); *at == "" && (!col.Listed || w.forms.Has(col.Key, value)) {
				*at = value
			}
		}
	}
	a.Name = cmp.Or(a.Name, a.ReleaseName)
	return a
}

// versionID names a version of an app's code.
func versionID(appID, version string) string { return appID + "@" + version }

// versionRow compares the versions of an app's code with the page of its hosting (TABLE-3).
func (w *comparing) versionRow(t listing.SyncTable) (SyncRow, bool) {
	spec := w.forms.Table(t.Table)
	run := w.running[t.AppID]
	if spec == nil || spec.Version == "" || run == nil {
		return SyncRow{}, false
	}
	a := &run.dossier.App
	out := SyncRow{ID: rowID(&sighting{key: t.Table + "/" + a.ID}), Name: a.Name, Match: MatchChosen, MatchWord: matchWord(MatchChosen), AppID: a.ID, AppName: a.Name,
		Candidates: []SyncCandidate{}, Cells: []SyncCell{}, Lines: []SyncLine{}, Notes: []string{}}
	for _, v := range versionsIn(w.forms, spec, t) {
		have, known := w.versions[versionID(a.ID, v.Version)]
		local := ""
		if known {
			local = versionText(have)
		}
		if known && versionText(have) == versionText(v) {
			continue
		}
		line := SyncLine{ID: out.ID + "." + v.Version, Kind: SyncVersion, AppID: a.ID, AppName: a.Name, Table: spec.ID, Key: "version." + v.Version,
			Label: "版本 " + v.Version, Local: local, Portal: versionText(v), Result: versionText(v), Side: sidePortal, Meaning: "托管平台上的代码版本。", Ticked: true}
		line.Fingerprint = fingerprint(line)
		out.Lines = append(out.Lines, line)
	}
	return out, true
}

// versionsIn reads the versions of the page of an app's hosting. One that stands in both parts is told by both.
func versionsIn(c *forms.Catalogue, spec *forms.Table, t listing.SyncTable) []listing.CodeVersion {
	out := []listing.CodeVersion{}
	for i, cells := range t.Rows {
		v := listing.CodeVersion{Version: c.Cell(cells[spec.Version]), Compile: c.Cell(cells[spec.Compile]),
			Preview: c.Cell(cells[spec.Preview]), UpdatedAt: c.Cell(cells[spec.Updated]), Online: strings.HasSuffix(t.Table, "/"+spec.Online)}
		for _, p := range t.Parts {
			v.Online = v.Online || (p.Heading == spec.Online && i >= p.From && i < p.From+p.Rows)
		}
		if v.Version == "" {
			continue
		}
		at := slices.IndexFunc(out, func(o listing.CodeVersion) bool { return o.Version == v.Version })
		if at < 0 {
			out = append(out, v)
			continue
		}
		o := &out[at]
		o.Compile, o.Preview, o.Online = cmp.Or(o.Compile, v.Compile), cmp.Or(o.Preview, v.Preview), o.Online || v.Online
	}
	return out
}

func versionText(v listing.CodeVersion) string {
	parts := []string{}
	for _, p := range []string{v.Compile, v.Preview} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if v.Online {
		parts = append(parts, "线上")
	}
	return strings.Join(parts, "；")
}

// missing lists the local apps that the lists do not show.
func (w *comparing) missing(all []*sighting) []SyncMissing {
	out := []SyncMissing{}
	lists := slices.DeleteFunc(slices.Clone(w.rec.Tables), func(t listing.SyncTable) bool {
		spec := w.forms.Table(t.Table)
		return spec == nil || spec.Name == ""
	})
	if len(lists) == 0 {
		return out
	}
	part := slices.ContainsFunc(lists, func(t listing.SyncTable) bool { return t.Incomplete })
	seen := map[string]bool{}
	for _, s := range all {
		if s.app != nil {
			seen[s.app.ID] = true
		}
		for _, m := range s.maybe {
			seen[m.AppID] = seen[m.AppID] || s.how == MatchAmbiguous
		}
	}
	for _, a := range w.apps {
		if seen[a.ID] || a.Archived || a.Retired {
			continue
		}
		out = append(out, SyncMissing{AppID: a.ID, Name: a.Name, Message: missed(a, part)})
	}
	return out
}

// missed says what it means that the lists do not show an app. Of a part of a list nothing follows.
func missed(a listing.App, part bool) string {
	known := a.Portal.State != "" || a.Portal.ReleaseID != ""
	switch {
	case part && known:
		return fmt.Sprintf("以前登记过治理侧状态“%s”。这次读到的只是列表的一部分，里面没有它；要确定，请把列表读全。这里什么也不改", a.Portal.State)
	case part:
		return "这次读到的只是列表的一部分，里面没有它。这里什么也不改"
	case known:
		return fmt.Sprintf("以前登记过治理侧状态“%s”，这次的列表里没有，请到平台核对。这里什么也不改", a.Portal.State)
	}
	return "列表里没有；还没有办到这一步就是正常的。这里什么也不改"
}

// fingerprint stands for everything a line says.
func fingerprint(l SyncLine) string {
	l.Fingerprint = ""
	body, err := json.Marshal(l)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

func (p *SyncPlan) count() {
	p.Counts.Rows, p.Counts.Missing = len(p.Rows), len(p.Missing)
	for _, r := range p.Rows {
		if len(r.Lines) == 0 && r.Match != MatchAmbiguous {
			p.Counts.Same++
		}
		if r.Match == MatchAmbiguous {
			p.Counts.Ambiguous++
		}
		for _, l := range r.Lines {
			switch l.Kind {
			case SyncField, SyncVersion:
				p.Counts.Fields++
			case SyncQuestion:
				p.Counts.Questions++
			case SyncAct:
				p.Counts.Acts++
			case SyncAdopt:
				p.Counts.Adopt++
			}
			if l.Ticked {
				p.Counts.Ticked++
			}
		}
	}
}
