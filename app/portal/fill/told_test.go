package fill

import (
	"slices"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

// What a page says of whose it is in plain text: read where label and value stand beside each other and can be read,
// never guessed from anything else.
func TestTold(t *testing.T) {
	b := started(t)
	const name = "示例会议室"
	drawn := `<style>.l::after{content:"："}</style>`
	for title, c := range map[string]struct{ page, want string }{
		"one text":                    {`<p>应用名称：示例会议室</p>`, name},
		"narrow colon, spaces":        {`<p>应用名称 : 示例会议室</p>`, name},
		"label and value apart":       {`<p><b>应用名称：</b><span>示例会议室</span></p>`, name},
		"the colon between":           {`<p><b>应用名称</b>： <span>示例会议室</span></p>`, name},
		"the value behind the colon":  {`<p><b>应用名称</b>：示例会议室</p>`, name},
		"a colon that is drawn":       {drawn + `<div><span class=l>应用名称</span><span>示例会议室</span></div>`, name},
		"list of descriptions":        {`<dl><dt>应用名称</dt><dd>示例会议室</dd><dt>负责人</dt><dd>联系人甲</dd></dl>`, name},
		"table with headers left":     {`<table><tr><th>应用名称</th><td>示例会议室</td><th>负责人</th><td>联系人甲</td></tr></table>`, name},
		"several on a line":           {`<p><span>应用名称：</span><span>示例会议室</span><span>负责人：</span><span>联系人甲</span></p>`, name},
		"several in a text":           {`<p>应用名称：示例会议室<br>负责人：联系人甲</p>`, name},
		"as a link":                   {`<p>应用名称：<a href="#">示例会议室</a></p>`, name},
		"known by another name":       {`<p>应用全称：示例会议室</p>`, name},
		"the same twice":              {`<p>应用名称：示例会议室</p><p>应用名称：示例会议室</p>`, name},
		"a frame":                     {`<iframe srcdoc="<p>应用名称：示例会议室</p>"></iframe>`, name},
		"another":                     {`<p>应用名称：示例食堂</p>`, "示例食堂"},
		"the name in a longer one":    {`<p>应用名称：示例会议室二期</p>`, "示例会议室二期"},
		"goes on behind":              {`<p>应用名称：示例会议室<em>二期</em></p>`, ""},
		"goes on behind, apart":       {`<p><b>应用名称：</b><span>示例会议室</span><span>二期</span></p>`, ""},
		"two values of a list":        {`<dl><dt>应用名称</dt><dd>示例会议室</dd><dd>示例食堂</dd></dl>`, ""},
		"two values":                  {`<p>应用名称：示例会议室</p><p>应用名称：示例食堂</p>`, ""},
		"two in one text":             {`<p>应用名称：示例会议室 负责人：联系人甲</p>`, ""},
		"a title alone":               {`<h1>示例会议室</h1>`, ""},
		"a longer label":              {`<p>原应用名称：示例会议室</p><p><i>原</i>应用名称：示例会议室</p>`, ""},
		"headers of a list":           {`<table><tr><th>应用名称</th><th>状态</th></tr><tr><td>示例会议室</td><td>已发布</td></tr></table>`, ""},
		"headers that are cells":      {`<table><tr><td>应用名称</td><td>状态</td></tr><tr><td>示例会议室</td><td>已发布</td></tr></table>`, ""},
		"beside without a colon":      {`<div><div>应用名称</div><div>状态</div></div>`, ""},
		"another label behind":        {`<p><b>应用名称：</b><b>应用全称：</b></p>`, ""},
		"the label of a field":        {`<div><label>应用名称：</label><input value=示例会议室></div>`, ""},
		"a mark behind its label":     {`<table><tr><td>应用名称：<span>*</span></td><td><input></td></tr></table>`, ""},
		"a hint behind its label":     {`<p>应用名称：<b>必填</b> <input></p><p><b>应用名称：</b><b>必填</b><input></p>`, ""},
		"a mark above its field":      {`<label for=a>应用名称：<b>必填</b></label><div><input id=a></div>`, ""},
		"a mark alone":                {`<p>应用名称：<b>*</b></p><p>应用名称：*</p>`, ""},
		"a field below":               {`<p>应用名称：示例会议室</p><p>负责人：<input></p>`, name},
		"a tab":                       {`<div><button>应用名称：</button><span>示例会议室</span></div>`, ""},
		"nothing behind":              {`<p>应用名称：</p><p>示例会议室</p>`, ""},
		"not shown":                   {`<p style="display:none">应用名称：示例会议室</p>`, ""},
		"not to be seen":              {`<p style="visibility:hidden">应用名称：示例会议室</p>`, ""},
		"transparent":                 {`<div style="opacity:0"><p>应用名称：示例会议室</p></div>`, ""},
		"written in no colour":        {`<p style="color:transparent">应用名称：示例会议室</p>`, ""},
		"outside the window":          {`<p style="position:absolute;left:-900px">应用名称：示例会议室</p>`, ""},
		"too small to read":           {`<p style="font-size:1px">应用名称：示例会议室</p>`, ""},
		"covered":                     {`<p>应用名称：示例会议室</p><div style="position:fixed;inset:0;background:#fff"></div>`, ""},
		"only the value is hidden":    {`<p><b>应用名称：</b><span style="opacity:0">示例会议室</span></p>`, ""},
		"hidden beside another":       {`<p style="display:none">应用名称：示例会议室</p><p>应用名称：示例食堂</p>`, "示例食堂"},
		"a comment, a script, a hint": {`<!-- 应用名称：示例会议室 --><script>"应用名称：示例会议室"</script><input placeholder="应用名称：示例会议室">`, ""},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			p := opened(t, b, served(t, c.page), "就绪")
			got, err := Told(t.Context(), p, [][]string{{"应用标识"}, {"应用名称", "应用全称"}})
			if err != nil || !slices.Equal(got, []string{"", c.want}) {
				t.Errorf("got %q, %v, not %q", got, err, c.want)
			}
		})
	}
}

// A page that goes elsewhere while it is read is told in the person's words.
func TestReadOfAPageThatIsLeft(t *testing.T) {
	b := started(t)
	p := opened(t, b, served(t, `<p>应用名称：示例会议室</p>`), "就绪")
	f, err := newFiller(p, nil, Options{})
	if err == nil {
		err = f.begin(t.Context())
	}
	if err == nil {
		err = p.Navigate(t.Context(), served(t, `<p>别的页面</p>`), time.Minute)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := call[any](t.Context(), f, "pairs", []string{}); listing.CodeOf(err) != listing.CodeUnreadable || listing.AsError(err).Hint == "" {
		t.Errorf("%v", err)
	}
}
