package queue

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func meta(name string, value any) Event { return Do("aplus.setMetaInfo", name, value) }

// view pushes a page view with an ID and, when given, other members.
func view(id string) Event {
	return Do("aplus.sendPV", map[string]any{"is_auto": false}, map[string]any{"page_id": id})
}

func viewOf(config, data any) Event { return Do("aplus.sendPV", config, data) }

func ready() Profile {
	return Profile{Client: ClientPC, Meta: map[string]any{"appId": "47130293", metaHost: "log.example.com"}}
}

// tell writes a report as one line: what was sent (page and user), and what became of the rest that is worth saying.
func tell(r Report) string {
	var out []string
	for _, q := range r.Requests {
		out = append(out, fmt.Sprintf("%v:%s", q.Args["page_id"], q.User))
	}
	for _, o := range r.Outcomes {
		switch {
		case o.Fate == Held && strings.HasSuffix(o.Action, "sendPV"):
			out = append(out, "held")
		case o.Reason != "":
			out = append(out, string(o.Reason))
		}
	}
	return strings.Join(out, " ")
}

// sample is the record of what the real SDK sent.
type sample struct {
	Steps []struct {
		Step     string
		Requests []struct{ URL string }
	}
}

// dossier 3.2, 3.3: every step of the record is what the model sends, field for field.
func TestModelReproducesTheSDK(t *testing.T) {
	raw, err := os.ReadFile("testdata/aplus-log-samples.json")
	if err != nil {
		t.Fatal(err)
	}
	var record sample
	if err := json.Unmarshal(raw, &record); err != nil {
		t.Fatal(err)
	}
	page := func(id string) Event {
		return Do("aplus.sendPV", map[string]any{"is_auto": false}, map[string]any{
			"sapp_id": "40001", "sapp_name": "demo_app", "page_id": id, "page_name": "首页", "page_url": "pages/" + id})
	}
	steps := [][]Event{
		{page("A")},
		{meta("_hold", "BLOCK"), page("B"), meta("_user_id", "34268160")},
		{meta("_hold", "START")},
		{page("C")},
		{page("D"), meta("_hold", "BLOCK"), meta("_user_id", "999"), meta("_hold", "START")},
		{meta("_hold", "BLOCK"), meta("_user_id", "777"), page("E"), meta("_hold", "START")},
	}
	if len(steps) != len(record.Steps) {
		t.Fatalf("%d steps, the record has %d", len(steps), len(record.Steps))
	}
	events := []Event{{Kind: Load, Page: "pages%2Findex%2Findex"}}
	sent := 0
	profile := Profile{Client: ClientMini, Meta: map[string]any{"appId": "28302650", metaHost: "alog-api.ding.zj.gov.cn"}}
	for i, step := range steps {
		events = append(append(events, step...), Event{Kind: Tick})
		r, err := Run(profile, events)
		if err != nil {
			t.Fatal(err)
		}
		fresh := r.Requests[sent:]
		sent = len(r.Requests)
		if len(fresh) != len(record.Steps[i].Requests) {
			t.Errorf("%s: %d sent, want %d", record.Steps[i].Step, len(fresh), len(record.Steps[i].Requests))
			continue
		}
		for n, got := range fresh {
			compare(t, record.Steps[i].Step, got, record.Steps[i].Requests[n].URL)
		}
	}
}

func compare(t *testing.T, step string, got Request, address string) {
	t.Helper()
	where, line, _ := strings.Cut(address, "?")
	line, err := url.PathUnescape(line)
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Split(line, "||")
	args, want := map[string]any{}, map[string]any{}
	if err := json.Unmarshal([]byte(f[25]), &want); err != nil {
		t.Fatal(err)
	}
	mine, _ := json.Marshal(got.Args)
	_ = json.Unmarshal(mine, &args)
	if got.Address != where || got.AppID != f[4] || got.DeviceID != f[6] || got.Nick != f[8] || got.User != f[9] ||
		got.Page != f[20] || got.Referrer != f[22] || got.Gif != f[26] || !reflect.DeepEqual(args, want) {
		t.Errorf("%s:\n got %+v\nwant %s", step, got, line)
	}
}

// scene is a page's doing and what comes of it. The numbers are those of dossier 3.2.
type scene struct {
	name   string
	events []Event
	want   string
}

func scenes() []scene {
	block, start, user := meta("_hold", "BLOCK"), meta("_hold", "START"), meta("_user_id", "7")
	load, tick, anew := Event{Kind: Load}, Event{Kind: Tick}, Event{Kind: Assign}
	onto := func(object int, e Event) Event { e.Object = object; return e }
	return []scene{
		{"1 PV before BLOCK, all before the SDK", []Event{view("a"), block, user, start, load}, "a:7"},
		{"1 BLOCK, user, START twice before the SDK", []Event{block, meta("_user_id", "1"), start, view("a"), block, user, start, view("b"), load}, "a:7 b:7"},
		{"1 the SDK never starts", []Event{view("a"), start}, "not_loaded not_loaded"},
		{"2 in order after the SDK", []Event{load, user, view("a"), tick, meta("_user_id", "8"), view("b")}, "a:7 b:8"},
		{"3 held, then sent with the user", []Event{load, block, view("a"), tick, user, tick, start}, "a:7"},
		{"4 no START", []Event{load, block, user, view("a"), tick}, "held"},
		{"4 BLOCK twice, START once", []Event{load, block, block, user, view("a"), start}, "held"},
		{"3 START lets meta information go first, a BLOCK too", []Event{load, block, view("a"), block, start}, "held"},
		{"4 BLOCK twice, START twice", []Event{load, block, block, user, view("a"), start, start}, "a:7"},
		{"5 no BLOCK, user later", []Event{load, view("a"), tick, user}, "a:-"},
		{"6 wrong order within a turn", []Event{load, view("a"), block, user, start}, "a:7"},
		{"6 wrong order, login later", []Event{load, view("a"), tick, block, tick, user, start}, "a:-"},
		{"6 wrong order, BLOCK keeps the user back", []Event{load, view("a"), block, user, tick, start}, "a:-"},
		{"7 the user stays", []Event{load, user, view("a"), tick, view("b")}, "a:7 b:7"},
		{"7 the user goes", []Event{load, user, view("a"), tick, meta("_user_id", ""), view("b")}, "a:7 b:-"},
		{"8 a space in the action", []Event{load, Do("aplus. sendPV", nil, nil), Do("aplus. setMetaInfo", "_user_id", "7"), view("a")}, "a:- unknown_action unknown_action"},
		{"8 a space in the key", []Event{load, meta(" _hold", "BLOCK"), meta("_user_id ", "7"), view("a")}, "a:-"},
		{"8 an unknown action is held, then ignored", []Event{load, block, Do("aplus. sendPV", nil, nil), start}, "unknown_action"},
		{"10 a queue kept in a constant", []Event{block, load, onto(1, view("a")), onto(1, start), tick}, "detached detached"},
		{"10 through the window", []Event{onto(1, block), load, view("a"), user, start}, "a:7"},
		{"assigned anew before the SDK", []Event{user, anew, view("a"), load}, "a:- replaced"},
		{"assigned anew after the SDK", []Event{load, anew, view("a"), onto(2, view("b"))}, "b:- replaced"},
		{"assigned anew, SDK never there", []Event{view("a"), anew, view("b")}, "replaced not_loaded"},
		{"11 START before the first PV", []Event{load, block, user, start, tick, view("a")}, "a:7"},
		{"a second START finds nothing", []Event{load, view("a"), tick, load, view("b")}, "a:- b:-"},
		{"_hold in small letters", []Event{load, meta("_hold", "block"), view("a")}, "a:-"},
		{"another _hold is kept back itself", []Event{load, block, view("a"), meta("_hold", "STOP"), tick}, "held"},
		{"aplus-waiting BLOCK holds too", []Event{load, meta("aplus-waiting", "BLOCK"), view("a"), tick}, "held"},
		{"uaid holds until _anony_id", []Event{load, meta("uaid", "1"), view("a"), tick, meta("_anony_id", "n")}, "a:-"},
		{"automatic view switched off", []Event{load, meta("aplus-waiting", "MAN"), viewOf(map[string]any{"is_auto": true}, nil)}, "auto_off"},
		{"is_auto as text", []Event{load, meta("aplus-waiting", "MAN"), viewOf(map[string]any{"is_auto": "false"}, nil)}, "auto_off"},
		{"is_auto without waiting", []Event{load, viewOf(map[string]any{"is_auto": true}, map[string]any{"page_id": "a"})}, "a:-"},
		{"a text as the first argument", []Event{load, viewOf("x", nil)}, "broken_config"},
		{"fields in the first argument", []Event{load, Do("aplus.sendPV", map[string]any{"page_id": "a"})}, "<nil>:-"},
		{"no host", []Event{load, meta(metaHost, ""), view("a")}, "no_host"},
		{"host within the turn", []Event{load, meta(metaHost, ""), view("a"), meta(metaHost, "log.example.com")}, "a:-"},
		{"no list of arguments", []Event{load, {Kind: Push, Entry: map[string]any{"action": "aplus.sendPV"}}, {Kind: Push}}, "broken_entry broken_entry"},
		{"an empty value stops the SDK's reading", []Event{view("a"), {Kind: Push}, view("b"), load}, "a:- broken_entry after_empty"},
		{"two values in one push", []Event{load, view("a"), {Kind: Push, Entry: view("b").Entry, Further: true}}, "a:- further_value"},
		{"two values in one push before the SDK", []Event{view("a"), {Kind: Push, Entry: view("b").Entry, Further: true}, load}, "a:- b:-"},
		{"a value that is no text", []Event{load, meta("_user_id", 123.0), view("a")}, "a:123"},
		{"nothing for a user", []Event{load, meta("_user_id", 0.0), view("a"), tick, meta("_user_id", nil), view("b")}, "a:- b:-"},
		{"an object for a user", []Event{load, meta("_user_id", map[string]any{"a": 1.0}), view("a"), tick, meta("_user_id", []any{"a", "b"}), view("b")}, "a:[object Object] b:a,b"},
		{"a user only the page knows", []Event{load, block, meta("_user_id", Unknown("res.accountId")), view("a"), start}, "a:res.accountId"},
		{"meta as an object", []Event{load, Do("aplus.setMetaInfo", map[string]any{"metaName": "_user_id", "metaValue": "7"}), view("a")}, "a:7"},
		{"window in front", []Event{load, Do("window.aplus.sendPV", nil, map[string]any{"page_id": "a"}), Do("goldlog.sendPV", nil, map[string]any{"page_id": "b"})}, "a:- b:-"},
		{"START under another action", []Event{load, block, view("a"), Do("aplus.nothing", "_hold", "START")}, "held unknown_action"},
	}
}

func TestScenes(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			r, err := Run(ready(), s.events)
			if err != nil {
				t.Fatal(err)
			}
			if got := tell(r); got != s.want {
				t.Errorf("got  %s\nwant %s", got, s.want)
			}
		})
	}
}

// TRACK-2, TRACK-7, dossier 3.1: hosts, numbers and nested values go out as they were given.
func TestRequestIsWhatThePageGave(t *testing.T) {
	data := map[string]any{"page_id": "a", "n": 1.5, "deep": map[string]any{"x": 1.0}, "_user_id": "own"}
	run := func(client Client, before ...Event) Request {
		t.Helper()
		events := append([]Event{{Kind: Load, Page: "https://demo.example.com/a"}}, before...)
		r, err := Run(Profile{Client: client, Meta: map[string]any{"appId": "1"}}, append(events, viewOf(map[string]any{"gokey": "g=1"}, data)))
		if err != nil || len(r.Requests) != 1 {
			t.Fatalf("%d requests, %v", len(r.Requests), err)
		}
		return r.Requests[0]
	}
	for client, gif := range map[Client]string{ClientPC: "/v.gif", ClientMobile: "/m.gif", ClientMini: "/vx.gif"} {
		if r := run(client, meta(metaHost, "log.example.com")); r.Address != "https://log.example.com"+gif || r.Page != "https://demo.example.com/a" {
			t.Errorf("%s: %+v", client, r)
		}
	}
	if r := run(ClientPC, meta(metaHost, "https://log.example.com"), meta("appId", "2")); r.Address != "https://https://log.example.com/v.gif" || r.AppID != "2" {
		t.Errorf("scheme in the host: %+v", r)
	}
	r := run(ClientPC, meta(metaHost, "127.0.0.1:8"), meta("_user_id", "7"))
	if r.Address != "http://127.0.0.1:8/v.gif" || r.User != "7" || r.Args["_user_id"] != "own" || r.Args["n"] != 1.5 || r.Args["g"] != "1" ||
		!reflect.DeepEqual(r.Args["deep"], map[string]any{"x": 1.0}) {
		t.Errorf("%+v", r)
	}
}

func TestAppendMeta(t *testing.T) {
	add := func(name string, v any) Event { return Do("aplus.appendMetaInfo", name, v) }
	r, err := Run(ready(), []Event{{Kind: Load}, add(metaPVData, map[string]any{"a": "1"}), add(metaPVData, `{"b":"2"}`), add("list", []any{"x"}),
		add("list", "y"), add("_user_id", "u"), add("_user_id", "v"), add("", "z"), view("p")})
	if err != nil || len(r.Requests) != 1 {
		t.Fatal(err, r)
	}
	if q := r.Requests[0]; q.User != "v" || q.Args["a"] != "1" || q.Args["b"] != "2" {
		t.Errorf("%+v", q)
	}
}

// FuzzRun plays any events: there is one outcome for each push, a page view is sent at most once, and nothing is sent
// before the SDK starts.
func FuzzRun(f *testing.F) {
	for _, s := range scenes() {
		raw, err := json.Marshal(s.events)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var events []Event
		if json.Unmarshal(raw, &events) != nil || len(events) > 1000 {
			return
		}
		r, err := Run(ready(), events)
		if err != nil {
			t.Fatal(err)
		}
		pushes := 0
		for _, e := range events {
			if e.Kind == Push {
				pushes++
			}
		}
		if len(r.Outcomes) != pushes || len(r.Requests) > pushes || !r.Loaded && len(r.Requests) > 0 {
			t.Fatalf("%d pushes, %d outcomes, %d requests, loaded %v", pushes, len(r.Outcomes), len(r.Requests), r.Loaded)
		}
		seen := []int{}
		for _, q := range r.Requests {
			if slices.Contains(seen, q.Event) {
				t.Fatalf("event %d was sent twice", q.Event)
			}
			seen = append(seen, q.Event)
		}
	})
}
