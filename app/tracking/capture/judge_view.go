package capture

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// View judges one traffic report. A report that was shown before (the same log ID, time, user and page) is passed over;
// one of another event is counted only.
func (j *Judge) View(v View) {
	j.now = nil
	if v.LogID != "" && len(v.LogID) < 64 && !v.Cut {
		if id := strings.Join([]string{v.LogID, v.Time, v.User, fmt.Sprint(v.Args["page_id"])}, "\x00"); j.logs[id] {
			return
		} else if len(j.logs) < j.Limits.Views {
			j.logs[id] = true
		}
	}
	if v.Event != "" && v.Event != j.Events.View {
		j.events[v.Event]++
		return
	}
	if j.full() {
		return
	}
	j.views++
	r := report{Judge: j, v: v, args: text(v.Args)}
	r.onTable = j.table.withID(r.args["page_id"])
	r.byURL = j.table.at(r.args["page_url"])
	r.byPlace = j.table.at(v.Page)
	j.now = r.state()
	j.now.seen++
	j.now.open = false
	r.judge()
	if !j.now.open {
		j.now.good++
	}
	if len(j.now.evidence) < j.Limits.Evidence {
		j.now.evidence = append(j.now.evidence, r.evidence())
	}
	j.now = nil
}

// report is one report in hand.
type report struct {
	*Judge
	v       View
	args    map[string]string // the arguments as text
	onTable int               // page of the table by page_id
	byURL   int               // by page_url
	byPlace int               // by the address the report was sent from
}

// text writes the arguments as text.
func text(args map[string]any) map[string]string {
	out := map[string]string{}
	for name, v := range args {
		switch v := v.(type) {
		case nil:
		case string:
			out[name] = v
		case float64:
			out[name] = strconv.FormatFloat(v, 'f', -1, 64)
		default:
			out[name] = fmt.Sprint(v)
		}
	}
	return out
}

// state finds the page a report belongs to, or makes one for a page nobody registered.
func (r *report) state() *pageState {
	for _, i := range []int{r.onTable, r.byURL, r.byPlace} {
		if i != none {
			return r.pages[i]
		}
	}
	key := cmp.Or(r.args["page_id"], r.args["page_url"], r.v.Page)
	if p, known := r.others[key]; known {
		return p
	}
	p := &pageState{page: listing.Page{
		PageID: r.args["page_id"], PageName: r.args["page_name"], PageURL: cmp.Or(r.args["page_url"], r.v.Page)}}
	r.others[key] = p
	r.order = append(r.order, key)
	return p
}

func (r *report) say(key string, w tracking.Words) { r.Judge.say(key, r.v.Seen, w) }

func (r *report) judge() {
	r.sent()
	r.device()
	if r.v.Cut {
		r.say(lineCut, tracking.Words{})
	}
	if r.v.Args == nil {
		if !r.v.Cut {
			r.say(lineArgs, tracking.Words{})
		}
		return
	}
	if r.automatic() {
		r.say(viewAutomatic, tracking.Words{})
		return
	}
	r.application()
	r.values()
	r.spelling()
	r.page()
	r.user()
	r.repeated()
}

// sent judges where the report went and how it was answered.
func (r *report) sent() {
	w := tracking.Words{Value: r.v.Host, Want: r.facts.Traffic.LogHost}
	host := strings.TrimSuffix(strings.TrimSuffix(r.v.Host, ":443"), ":80")
	switch {
	case r.v.Scheme:
		r.say(hostScheme, w)
	case host == "":
		r.say(hostUnseen, w)
	case slices.Contains(r.facts.Traffic.OutdatedHosts, host):
		r.say(hostRetired, w)
	case host != r.facts.Traffic.LogHost:
		r.say(hostForeign, w)
	}
	switch {
	case !r.v.Answered:
		if r.v.Source != "" && !slices.Contains(r.unseen, r.v.Source) {
			r.unseen = append(r.unseen, r.v.Source)
		}
	case r.v.Status == 0:
		r.say(statusNone, tracking.Words{})
	case r.v.Status != 200:
		r.say(statusFailed, tracking.Words{Value: fmt.Sprint(r.v.Status)})
	}
}

// device compares the appId with the device that the user agent names (TRACK-2).
func (r *report) device() {
	ids := r.facts.Traffic.AppID
	w := tracking.Words{Value: r.v.AppID}
	want, device := r.deviceOf(r.v.Agent)
	switch {
	case r.v.AppID == "":
		if !r.v.Cut {
			w.Want = ids.Other
			r.say(appIDEmpty, w)
		}
	case r.v.AppID != ids.Android && r.v.AppID != ids.IOS && r.v.AppID != ids.Other:
		w.Want = cmp.Or(want, ids.Android+"（Android）、"+ids.IOS+"（iOS）或 "+ids.Other+"（电脑）")
		r.say(appIDUnknown, w)
	case want != "" && r.v.AppID != want:
		w.Want, w.Other = want, device
		r.say(appIDDevice, w)
	case want == "" && r.v.Client == queue.ClientMobile && r.v.AppID == ids.Other:
		r.say(appIDGif, w)
	}
}

// deviceOf returns the appId that belongs to a user agent, and the word for its device; both are empty when it is not
// known.
func (j *Judge) deviceOf(agent string) (appID, device string) {
	ids := j.facts.Traffic.AppID
	switch {
	case agent == "":
		return "", ""
	case j.android.MatchString(agent):
		return ids.Android, "Android"
	case j.ios.MatchString(agent):
		return ids.IOS, "iOS"
	}
	return ids.Other, "电脑"
}

// automatic reports whether the SDK sent the view by itself: it carries none of the fields the page would give.
func (r *report) automatic() bool {
	for name := range r.args {
		if fields := []string{"sapp_id", "sapp_name", "page_id", "page_name", "page_url"}; slices.Contains(fields, name) || r.meant(name) != "" {
			return false
		}
	}
	return true
}

// application compares the issued values (TRACK-11).
func (r *report) application() {
	r.issued("sapp_id", r.params.SappID, sappIDEmpty, sappIDDiffers)
	r.issued("sapp_name", cmp.Or(r.params.SappName, r.params.Identifier), sappNameEmpty, sappNameDiffers)
	id := r.args["sapp_id"]
	switch {
	case id == "" || r.params.SappID != "":
	case r.sappID == "":
		r.sappID = id
	case r.sappID != id:
		r.say(sappSeveral, tracking.Words{Value: r.sappID, Other: id})
	}
}

func (r *report) issued(name, want, empty, differs string) {
	value := r.args[name]
	w := tracking.Words{Value: value, Want: want, Other: name}
	switch {
	case value == "":
		r.say(empty, w)
	case want != "" && value != want:
		r.say(differs, w)
	case want == "" && r.facts.IsPlaceholder(value):
		r.say(valuePlaceholder, w)
	}
}

// values judges the form of every argument (TRACK-3, TRACK-7).
func (r *report) values() {
	for _, name := range slices.Sorted(maps.Keys(r.v.Args)) {
		w := tracking.Words{Value: name, Other: name}
		ours := strings.HasPrefix(name, "page_") || strings.HasPrefix(name, "sapp_") || strings.HasPrefix(name, "_user_") || name == "_dev_id"
		switch v := r.v.Args[name].(type) {
		case string:
			if !tracking.IsCleanText(v) {
				r.say(valueEncoding, w)
			}
		case map[string]any, []any:
			r.say(valueNested, w)
		default:
			if ours {
				r.say(valueType, w)
			} else if !strings.HasPrefix(name, "_") && name != "uaid" && name != "pvid" {
				r.say(valueExtra, w)
			}
		}
	}
}

// spelling points at fields that are almost right (dossier 10).
func (r *report) spelling() {
	for _, name := range slices.Sorted(maps.Keys(r.args)) {
		if meant := r.meant(name); meant != "" && r.args[meant] == "" {
			r.say(fieldMisspelt, tracking.Words{Value: name, Want: meant})
			r.args[meant] = r.args[name]
		}
	}
}

// meant is tracking.Facts.FieldMeant, asked once for each name.
func (j *Judge) meant(name string) string {
	meant, known := j.names[name]
	if !known {
		meant = j.facts.FieldMeant(name)
		if len(j.names) < j.Limits.Findings {
			j.names[name] = meant
		}
	}
	return meant
}

// repeated points at the same visit reported twice.
func (r *report) repeated() {
	at, err := strconv.ParseInt(r.v.Time, 10, 64)
	id := r.args["page_id"]
	if err != nil || id == "" {
		return
	}
	key := strings.Join([]string{id, r.v.User, r.v.CNA, r.v.Page}, "\x00")
	before, known := r.last[key]
	if known || len(r.last) < r.Limits.Views {
		r.last[key] = visit{at, r.v.place()}
	}
	if apart := at - before.at; known && apart >= 0 && apart < int64(r.Limits.RepeatMS) {
		r.say(viewRepeated, tracking.Words{Value: id, Want: fmt.Sprint(apart), Other: before.place})
	}
}

func (r *report) evidence() string {
	return fmt.Sprintf("%s：page_id=%s，page_name=%s，page_url=%s，_user_id=%s", r.v.place(), excerpt(r.args["page_id"], 60),
		excerpt(r.args["page_name"], 60), excerpt(r.args["page_url"], 120), excerpt(cmp.Or(r.v.User, r.args["_user_id"]), 40))
}

// hasSpace reports whether a value holds white space.
func hasSpace(s string) bool { return strings.ContainsFunc(s, unicode.IsSpace) }
