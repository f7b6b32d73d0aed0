package service_test

import (
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func TestCheckLiveRefuses(t *testing.T) {
	d := sampleDesk(t)
	empty := t.TempDir()
	if err := os.WriteFile(filepath.Join(empty, "a.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := map[string]struct {
		in   service.LiveRequest
		code listing.Code
	}{
		"nothing":         {service.LiveRequest{}, listing.CodeInvalid},
		"both":            {service.LiveRequest{Address: "http://127.0.0.1/", Uploads: []string{"x"}}, listing.CodeInvalid},
		"a path as page":  {service.LiveRequest{Address: empty}, listing.CodeInvalid},
		"unknown upload":  {service.LiveRequest{Uploads: []string{"x"}}, listing.CodeNotFound},
		"unknown app":     {service.LiveRequest{AppID: "none", Address: "http://127.0.0.1/"}, listing.CodeNotFound},
		"no browser":      {service.LiveRequest{Address: "http://127.0.0.1/"}, listing.CodeMissingTool},
		"too big a reply": {service.LiveRequest{Address: "http://127.0.0.1/", LivePlay: service.LivePlay{Reply: string(make([]byte, 2<<20))}}, listing.CodeTooLarge},
	}
	for name, c := range asked {
		if _, err := d.Tracking.CheckLive(t.Context(), c.in); listing.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Tracking.CheckLiveTarget(t.Context(), service.Subject{}, empty, service.LivePlay{}); listing.ExitCode(err) != 3 {
		t.Errorf("a folder without a browser: %v", err)
	}
	if o, err := d.Tracking.LiveOptions(t.Context()); err != nil || len(o.Devices) != 3 {
		t.Errorf("%v %v", o, err)
	}
}
