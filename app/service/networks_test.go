package service_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// addressFile writes a file of addresses in which every one leads to this machine.
func addressFile(t testing.TB, lines ...string) service.ProofFile {
	t.Helper()
	path := filepath.Join(t.TempDir(), "地址.yaml")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return service.ProofFile{Name: filepath.Base(path), Path: path}
}

// nowhere is an address of this machine at which nobody listens.
func nowhere(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// localDesk is a desk none of whose addresses leads off this machine: those of NET-2 answer, those of NET-1 do not, and
// those of NET-3 are empty but for one.
func localDesk(t *testing.T, asked *atomic.Int32) *desk {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(s.Close)
	d := openDesk(t)
	gone := nowhere(t)
	file := addressFile(t, "ADDR-5: ''", "ADDR-5.省级: ''", "ADDR-5.杭州: "+s.URL+"/mobile", "ADDR-4: "+s.URL+"/login#/a", "ADDR-7: "+s.URL+"/login#/b",
		"ADDR-1: "+gone, "ADDR-2: "+gone, "ADDR-3: "+gone, "ADDR-3.mini: "+gone, "ADDR-3.user: "+gone, "ADDR-6: "+gone, "ADDR-6.tracking: "+gone, "ADDR-8: "+gone)
	n, err := d.Networks.ImportAddressesFile(d.ctx, file)
	if err != nil || n != 22 {
		t.Fatalf("%d, %v", n, err)
	}
	return d
}

// The program starts offline, says so, and asks nothing until it is told to.
func TestNetworksAreAskedOnlyWhenTold(t *testing.T) {
	var asked atomic.Int32
	d := localDesk(t, &asked)
	info, err := d.System.Info(d.ctx)
	if err != nil || info.Network != "离线" {
		t.Fatalf("at the start: %q, %v", info.Network, err)
	}
	v, err := d.Networks.Status(d.ctx)
	if err != nil || v.At != "" || v.Auto || len(v.Networks) != 3 || v.Networks[1].Word != "还没有问" || asked.Load() != 0 {
		t.Fatalf("%+v, %v, asked %d", v, err, asked.Load())
	}
	if v, err = d.Networks.Check(d.ctx, "网络"); err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ id, state, word, key, address string }{
		{"NET-1", service.NetworkSilent, "没有回应", "ADDR-1", "没有回应：连接被拒绝"},
		{"NET-2", service.NetworkAnswers, "有回应", "ADDR-4", "有回应（HTTP 200）"},
		{"NET-3", service.NetworkAnswers, "有回应", "ADDR-5.嘉兴", "没有填写地址"},
	} {
		n := v.Networks[i]
		if n.ID != want.id || n.State != want.state || n.Word != want.word || n.Addresses[0].Key != want.key || n.Addresses[0].Word != want.address {
			t.Errorf("%+v", n)
		}
	}
	if asked.Load() != 2 {
		t.Errorf("%d requests: one for each page, whatever stands behind the #", asked.Load())
	}
	if info, err = d.System.Info(d.ctx); err != nil || info.Network != "政务外网、地市政务网（09:00 查）" {
		t.Errorf("afterwards: %q, %v", info.Network, err)
	}
	if only, err := d.Networks.Ask(d.ctx, service.NetworkRequest{Networks: []string{"NET-1"}}); err != nil || len(only.Networks) != 1 || asked.Load() != 2 {
		t.Errorf("one network: %+v, %v", only.Networks, err)
	}
	if _, err := d.Networks.Ask(d.ctx, service.NetworkRequest{Networks: []string{"NET-4"}}); listing.CodeOf(err) != listing.CodeInvalid {
		t.Errorf("no such network: %v", err)
	}
}

// The loop is off until it is switched on, and ends with the program.
func TestNetworksByThemselves(t *testing.T) {
	var asked atomic.Int32
	d := localDesk(t, &asked)
	d.Begin(d.ctx)
	d.End()
	if asked.Load() != 0 {
		t.Fatal("asked although it is off")
	}
	for _, minutes := range []int{-1, 24*60 + 1} {
		if _, err := d.Networks.SetEvery(d.ctx, minutes); listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%d minutes: %v", minutes, err)
		}
	}
	if v, err := d.Networks.SetAuto(d.ctx, true); err != nil || !v.Auto || v.Minutes != 15 {
		t.Fatalf("%+v, %v", v, err)
	}
	again := deskIn(t, d.dir)
	if err := d.place.Close(); err != nil {
		t.Fatal(err)
	}
	if err := again.place.Open(d.ctx); err != nil {
		t.Fatal(err)
	}
	again.Begin(d.ctx)
	for range 1000 {
		if v, err := again.Networks.Status(d.ctx); err != nil || v.At != "" {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	again.End()
	if v, err := again.Networks.Status(d.ctx); err != nil || v.At == "" || asked.Load() != 2 {
		t.Errorf("%+v, %v, asked %d", v, err, asked.Load())
	}
	if v, err := again.Networks.SetAuto(d.ctx, false); err != nil || v.Auto || v.Minutes != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestAddressesLeadElsewhere(t *testing.T) {
	var asked atomic.Int32
	d := localDesk(t, &asked)
	if _, err := d.Networks.SetElsewhere(d.ctx, "ftp://127.0.0.1"); listing.CodeOf(err) != listing.CodeInvalid {
		t.Errorf("no web address: %v", err)
	}
	v, err := d.Networks.SetElsewhere(d.ctx, "http://127.0.0.1:9/probe/")
	if err != nil || v.Elsewhere != "http://127.0.0.1:9/probe/" {
		t.Fatalf("%+v, %v", v, err)
	}
	places := map[string]string{}
	for _, n := range v.Networks {
		for _, a := range n.Addresses {
			places[a.Key] = a.URL
		}
	}
	if places["ADDR-4"] != "http://127.0.0.1:9/probe/login#/a" || places["ADDR-5.杭州"] != "http://127.0.0.1:9/probe/mobile" || places["ADDR-5.嘉兴"] != "" {
		t.Errorf("%v", places)
	}
	if err := d.Networks.ResetAddresses(d.ctx); err != nil {
		t.Fatal(err)
	}
	c, err := d.System.Catalogue(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range c.Addresses {
		if a.Changed || a.URL != a.DefaultURL {
			t.Errorf("%+v", a)
		}
	}
}

// A file that is not right changes nothing.
func TestImportAddressesRefuses(t *testing.T) {
	d := openDesk(t)
	for name, line := range map[string]string{"unknown": "ADDR-99: http://127.0.0.1", "no address": "ADDR-4: irs", "empty": ""} {
		if _, err := d.Networks.ImportAddressesFile(d.ctx, addressFile(t, "ADDR-7: http://127.0.0.1:1", line)); name != "empty" && listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Networks.ImportAddressesFile(d.ctx, service.ProofFile{Name: "没有", Path: "/nowhere/at/all"}); listing.CodeOf(err) != listing.CodeInvalid {
		t.Errorf("no file: %v", err)
	}
	u, err := d.Units.Get(d.ctx)
	if err != nil || fmt.Sprint(u.Settings.Addresses) != "map[ADDR-7:http://127.0.0.1:1]" {
		t.Errorf("%v, %v", u.Settings.Addresses, err)
	}
	token := d.upload("地址.json", []byte(`{"ADDR-4":"http://127.0.0.1:2"}`))
	if n, err := d.Networks.ImportAddresses(d.ctx, token); err != nil || n != 1 {
		t.Errorf("uploaded: %d, %v", n, err)
	}
}
