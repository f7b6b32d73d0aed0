//go:build browser

package portal

import (
	"slices"
	"testing"
)

// TABLE-3: what a page shows, for a draft: each table with the heading above it, a copy of it not again.
func TestSurvey(t *testing.T) {
	head := `<thead><tr><th>版本号<th>操作</thead>`
	s := pagerSite(t, map[string]string{"/": `<!doctype html><meta charset=utf-8><h1>部署发布</h1>
		<h3>线上环境</h3><div><table>` + head + `<tbody><tr><td>1.0<td>x</table><table>` + head + `</table></div>
		<p>共 1 条</p><div class="card-title">测试环境</div><button>新增</button><table>` + head + `<tbody><tr><td>1.1<td>x</table>
		<table><caption>历史</caption>` + head + `</table><table><thead><tr><th>甲<th>乙</table>
		<label>名称 <input></label>`})
	seen, err := Survey(t.Context(), opened(t, started(t), s.URL))
	if err != nil {
		t.Fatal(told(err))
	}
	var got []string
	for _, one := range seen.Tables {
		got = append(got, one.Heading+" "+one.Headers[0])
	}
	if want := []string{"线上环境 版本号", "测试环境 版本号", "历史 版本号", " 甲"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
