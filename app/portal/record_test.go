//go:build browser

package portal

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
)

// TABLE-3: the log of a version is read from its own row, in the table that has a compile state.
const versions = `<h3>线上环境</h3><table><thead><tr><th>版本号<th>版本上线时间<th>更新时间<th>灰度值<th>操作</tr></thead>
<tbody><tr><td>1.0.1<td>a<td>b<td>100<td><a onclick="pressed('线上的')">回退到上一个版本</a></tr></tbody></table>
<h3>测试环境</h3><table><thead><tr><th>版本号<th>更新时间<th>预览地址<th>编译状态<th>操作</tr></thead><tbody>
<tr><td>1.0.0<td>a<td>-<td>代码编译通过<td><button onclick="pressed('1.0.0')">编译日志</button> <button onclick="pressed('删除')">删除</button></tr>
<tr><td>1.0.1<td>a<td>-<td>代码编译通过<td>%s <button onclick="pressed('提交发布')">提交发布</button></tr></tbody></table>
<script>window.all = []; function pressed(w) { all.push(w) }
function log() { pressed('1.0.1'); setTimeout(() => { const d = document.createElement('div'); d.style = 'position:fixed;inset:20%%;background:#fff'; d.innerHTML = '<h4>编译日志</h4><pre>第一行\n完成</pre><button>关闭</button>'; document.body.append(d) }, 200) }</script>`

func TestReadRecord(t *testing.T) {
	all, err := recipe.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules := recipe.Find(all, "hosting")
	b := started(t)
	for name, tc := range map[string]struct {
		button, key, text, word string
	}{
		"the row's own":   {`<button onclick="log()">编译日志</button>`, "1.0.1", "第一行\n完成", ""},
		"no such row":     {`<button onclick="log()">编译日志</button>`, "1.0", "", "没有这一行"},
		"no button":       {``, "1.0.1", "", "没有这个按钮"},
		"two buttons":     {`<button onclick="log()">编译日志</button><button onclick="log()">编译日志</button>`, "1.0.1", "", "分不清"},
		"another name":    {`<button title="删除记录" onclick="log()">编译日志</button>`, "1.0.1", "", "删除记录"},
		"it sends a form": {`<form><button onclick="log()">编译日志</button></form>`, "1.0.1", "", "提交表单"},
		"covered":         {`<button onclick="log()">编译日志</button><div style="position:fixed;inset:0" onclick="pressed('盖着的')"></div>`, "1.0.1", "", "遮住"},
		"covered late":    {`<button onmouseover="document.body.insertAdjacentHTML('beforeend', late)" onclick="log()">编译日志</button><script>const late = '<div style="position:fixed;inset:0" onclick="pressed(1)"></div>'</script>`, "1.0.1", "", "没有显示出内容"},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				fmt.Fprintf(w, versions, tc.button)
			}))
			t.Cleanup(s.Close)
			p := opened(t, b, s.URL)
			at := slices.IndexFunc(rules.Tables, func(t recipe.Table) bool { return t.ID == "TABLE-3/测试环境" })
			text, err := ReadRecord(t.Context(), p, rules, Record{Table: rules.Tables[at], Key: tc.key, Button: "编译日志"})
			if text != tc.text || (err != nil) != (tc.word != "") || err != nil && !strings.Contains(err.Error(), tc.word) {
				t.Errorf("got %q, %v: %v", text, err, listing.AsError(err).Unwrap())
			}
			pressed, err := browser.Evaluate[[]string](t.Context(), p, `all`)
			if err != nil || slices.ContainsFunc(pressed, func(w string) bool { return w != "1.0.1" }) || len(pressed) > 0 && tc.word != "" {
				t.Errorf("pressed %v, %v", pressed, err)
			}
		})
	}
	if _, err := ReadRecord(t.Context(), nil, rules, Record{Table: rules.Tables[0], Key: "1", Button: "删除"}); listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("a button the recipe does not name: %v", err)
	}
}
