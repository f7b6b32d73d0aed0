package service

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/probe"
)

// Networks tells which networks answer (NET-1 to NET-3). It asks only when the person asks or has switched it on.
type Networks struct{ *core }

// AddressState is what came of asking one address.
type AddressState struct {
	Key    string `json:"key"` // ADDR-4
	Title  string `json:"title"`
	URL    string `json:"url"`
	State  string `json:"state"` // see probe.Kind; empty before it was asked
	Word   string `json:"word"`
	At     string `json:"at"`
	Millis int64  `json:"millis"` // how long the answer took
}

// NetworkState is one network: it answers when one of its addresses does.
type NetworkState struct {
	ID        string         `json:"id"` // NET-2
	Name      string         `json:"name"`
	State     string         `json:"state"` // answers, silent, no_address; empty before it was asked
	Word      string         `json:"word"`
	Addresses []AddressState `json:"addresses"`
}

// The states of a network.
const (
	NetworkAnswers   = "answers"
	NetworkSilent    = "silent"
	NetworkNoAddress = "no_address"
)

// NetworksView is what is known of the networks.
type NetworksView struct {
	Networks []NetworkState `json:"networks"`
	At       string         `json:"at"`      // when they were asked last; empty before
	Auto     bool           `json:"auto"`    // they are asked by itself
	Minutes  int            `json:"minutes"` // every so many
	// Elsewhere is where every address leads instead; empty when not.
	Elsewhere string `json:"elsewhere"`
	// Given says that the addresses were given for this run (--addresses).
	Given bool `json:"given"`
}

// NetworkRequest says which networks are asked.
type NetworkRequest struct {
	Networks []string // IDs or names; none means all
	Job      string   // name under which the work can be watched and canceled; may be empty
}

// sighted is what was last found out, for as long as the program runs.
type sighted struct {
	mu      sync.Mutex
	at      time.Time
	answers map[string]probe.Answer // by address
	when    map[string]string       // by address
	names   []string                // of the networks that answer
}

// line is what the frame of every page shows.
func (r *sighted) line() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at.IsZero() {
		return "离线"
	}
	return cmp.Or(strings.Join(r.names, "、"), "离线") + "（" + r.at.Format("15:04") + " 查）"
}

func (r *sighted) keep(at time.Time, answers []probe.Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answers == nil {
		r.answers, r.when = map[string]probe.Answer{}, map[string]string{}
	}
	r.at = at
	for _, a := range answers {
		r.answers[a.URL], r.when[a.URL] = a, at.Format(time.RFC3339)
	}
}

func (r *sighted) state(a *forms.Address) AddressState {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := AddressState{Key: a.Key, Title: a.Title, URL: a.URL, Word: "还没有问"}
	if answer, asked := r.answers[page(a.URL)]; asked {
		out.State, out.Word, out.At = string(answer.Kind), answer.Word, r.when[answer.URL]
		out.Millis = answer.Took.Milliseconds()
	}
	return out
}

// page is an address without the part that never leaves the machine: one request stands for all that share it.
func page(address string) string {
	out, _, _ := strings.Cut(strings.TrimSpace(address), "#")
	return out
}

// Status returns what is known, without asking anything.
func (s *Networks) Status(ctx context.Context) (NetworksView, error) {
	var set listing.Settings
	err := s.maybe(ctx, func(r listing.Reader) (err error) {
		if r != nil {
			set, err = settings(r)
		}
		return err
	})
	if err != nil {
		return NetworksView{}, err
	}
	return s.known(s.placed(set), set), nil
}

func (s *Networks) known(placed map[string]string, set listing.Settings) NetworksView {
	out := NetworksView{Networks: []NetworkState{}, Auto: set.CheckNetworks > 0, Minutes: set.CheckNetworks,
		Elsewhere: set.Elsewhere, Given: s.Addresses != nil}
	for _, n := range s.forms.Networks {
		state := NetworkState{ID: n.ID, Name: n.Name, Addresses: []AddressState{}}
		for _, a := range s.forms.Addresses {
			if a.Network == n.Name {
				state.Addresses = append(state.Addresses, s.sighted.state(s.forms.Address(a.Key, placed)))
			}
		}
		state.State, state.Word = sum(state.Addresses)
		out.Networks = append(out.Networks, state)
	}
	s.sighted.mu.Lock()
	defer s.sighted.mu.Unlock()
	if !s.sighted.at.IsZero() {
		out.At = s.sighted.at.Format(time.RFC3339)
	}
	return out
}

// sum says of a network what its addresses say together.
func sum(all []AddressState) (state, word string) {
	has := func(fits func(AddressState) bool) bool { return slices.ContainsFunc(all, fits) }
	switch {
	case has(func(a AddressState) bool { return probe.Kind(a.State).Answers() }):
		return NetworkAnswers, "有回应"
	case !has(func(a AddressState) bool { return a.URL != "" }):
		return NetworkNoAddress, "没有填写地址"
	case has(func(a AddressState) bool { return a.URL != "" && a.State != "" }):
		return NetworkSilent, "没有回应"
	}
	return "", "还没有问"
}

// Check asks every address and returns what is known then.
func (s *Networks) Check(ctx context.Context, job string) (NetworksView, error) {
	return s.Ask(ctx, NetworkRequest{Job: job})
}

// Ask asks the addresses of some networks, for a command, and returns what is known of those.
func (s *Networks) Ask(ctx context.Context, in NetworkRequest) (NetworksView, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	names, err := s.named(in.Networks)
	if err != nil {
		return NetworksView{}, err
	}
	placed, err := s.addresses(ctx)
	if err != nil {
		return NetworksView{}, err
	}
	pages := s.pages(placed, names)
	prober, err := probe.New()
	if err != nil {
		return NetworksView{}, err
	}
	answers, err := prober.Ask(ctx, pages, func(n int) { progress(int64(n), int64(len(pages))) })
	if err != nil {
		return NetworksView{}, err
	}
	s.sighted.keep(s.now(), answers)
	out, err := s.Status(ctx)
	if err != nil {
		return NetworksView{}, err
	}
	s.sighted.name(out.Networks)
	out.Networks = slices.DeleteFunc(out.Networks, func(n NetworkState) bool { return !slices.Contains(names, n.Name) })
	return out, nil
}

// name keeps the names of the networks that answer.
func (r *sighted) name(all []NetworkState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = nil
	for _, n := range all {
		if n.State == NetworkAnswers {
			r.names = append(r.names, n.Name)
		}
	}
}

func (s *Networks) named(given []string) ([]string, error) {
	var out []string
	if len(given) == 0 {
		for _, n := range s.forms.Networks {
			out = append(out, n.Name)
		}
	}
	for _, g := range given {
		n := s.forms.Network(strings.TrimSpace(g))
		if n == nil {
			return nil, listing.Failf(listing.CodeInvalid, "可以写 NET-1（互联网）、NET-2（政务外网）、NET-3（地市政务网）", "没有网络“%s”", g)
		}
		out = append(out, n.Name)
	}
	return out, nil
}

// pages are the addresses of some networks to ask, each once.
func (s *Networks) pages(placed map[string]string, networks []string) []string {
	var out []string
	for _, a := range s.forms.Addresses {
		at := page(s.forms.Address(a.Key, placed).URL)
		if slices.Contains(networks, a.Network) && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// SetAuto switches the checks by itself on, as often as before or as the program proposes, or off.
func (s *Networks) SetAuto(ctx context.Context, on bool) (NetworksView, error) {
	minutes := 0
	if on {
		limits, err := probe.Default()
		if err != nil {
			return NetworksView{}, err
		}
		minutes = limits.Every
	}
	return s.SetEvery(ctx, minutes)
}

// maxEvery is the longest time between two checks by itself, in minutes.
const maxEvery = 24 * 60

// SetEvery lets the networks be asked every so many minutes; 0 means only when the person asks.
func (s *Networks) SetEvery(ctx context.Context, minutes int) (NetworksView, error) {
	if minutes < 0 || minutes > maxEvery {
		return NetworksView{}, listing.Failf(listing.CodeInvalid, "0 表示只在点“检查”时才问", "间隔要在 0 到 %d 分钟之间", maxEvery)
	}
	if err := s.set(ctx, "设置自动检查网络", func(set *listing.Settings) { set.CheckNetworks = minutes }); err != nil {
		return NetworksView{}, err
	}
	return s.Status(ctx)
}

// look is how often the loop looks whether it is time to ask.
const look = 20 * time.Second

// watch asks the networks as often as the settings say, which is never to begin with, until ctx ends.
func (s *Networks) watch(ctx context.Context) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		if err := s.askWhenDue(ctx); err != nil && ctx.Err() == nil && s.Log != nil {
			s.Log.Warn("networks not asked", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// askWhenDue asks when it is switched on and the last time is long enough ago.
func (s *Networks) askWhenDue(ctx context.Context) error {
	v, err := s.Status(ctx)
	if err != nil || !v.Auto {
		return err
	}
	s.sighted.mu.Lock()
	last := s.sighted.at
	s.sighted.mu.Unlock()
	if passed := s.now().Sub(last); !last.IsZero() && passed >= 0 && passed < time.Duration(v.Minutes)*time.Minute {
		return nil
	}
	_, err = s.Check(ctx, "")
	return err
}
