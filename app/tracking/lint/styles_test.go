package lint

import (
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"shangjiatong/app/listing"
)

const styleHead = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>首页</title>
<script crossorigin="anonymous" src="https://wpkgate-emas.ding.zj.gov.cn/static/wpk-jssdk.1.0.2/wpkReporter.js"></script>
<script>try{var wpk=new wpkReporter({bid:'demo_parking_zzdpro',signkey:'1234567890abcdef',gateway:'https://wpkgate-emas.ding.zj.gov.cn'});wpk.installAll();window._wpk=wpk;}catch(e){}</script>
<script async id="beacon-aplus" src="https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js"></script>
<script>
`

// TestStyles: the same page in many ways of waiting for a login and of pushing, right and wrong.
func TestStyles(t *testing.T) {
	var file struct {
		Styles []struct {
			Name, Code string
			Want       []string
		}
	}
	load(t, filepath.Join(sites, "styles.yaml"), &file)
	if len(file.Styles) < 30 {
		t.Fatalf("%d styles", len(file.Styles))
	}
	for _, s := range file.Styles {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			page := styleHead + s.Code + "\n</script></head><body><div>首页</div></body></html>"
			r := run(t, fstest.MapFS{"index.html": {Data: []byte(page)}}, nil, nil)
			got := []string{}
			for _, f := range listing.Blocking(r.Findings) {
				got = append(got, f.Rule)
			}
			slices.Sort(got)
			slices.Sort(s.Want)
			if !slices.Equal(got, s.Want) {
				t.Errorf("got %v, want %v: %+v", got, s.Want, listing.Blocking(r.Findings))
			}
		})
	}
}
