package cli

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/service"
)

type portalCommand struct {
	Read    portalReading  `cmd:"" help:"读平台的列表：打开网址、读保存的网页或复制的内容"`
	Fill    portalFilling  `cmd:"" help:"填平台的表单，逐项读回；从不按提交"`
	Record  portalRecord   `cmd:"" help:"照一个页面起草页面规则"`
	Recipes recipesCommand `cmd:"" help:"页面规则：列表的列、表单的栏目、能按和不能按的按钮"`
}

// perhaps runs do with the services of the data folder when one was named, or when own data are needed; else with those
// of the usual folder, or without any when another program has that open.
func (c *call) perhaps(needed bool, do func(*service.Services) error) error {
	err := c.with(do)
	if needed || c.tree.Data != "" || listing.CodeOf(err) != listing.CodeLocked {
		return err
	}
	s, err := c.services()
	if err != nil {
		return err
	}
	return do(s)
}

// watched tells what is being done or waited for on standard error, where people look and no script reads.
func (c *call) watched() context.Context {
	if c.tree.JSON {
		return c.ctx
	}
	return service.WithSteps(c.ctx, c.teller())
}

// teller tells what is being done on standard error: what is said twice in a row, once.
func (c *call) teller() func(word string) {
	var mu sync.Mutex
	last := ""
	return func(word string) {
		mu.Lock()
		defer mu.Unlock()
		if word != last {
			last = word
			_, _ = fmt.Fprintln(c.Err, word+"…") // nobody is left to tell
		}
	}
}

type portalReading struct {
	Table     string `name:"table" required:"" placeholder:"TABLE-1" help:"哪张表，见 portal recipes list"`
	URL       string `name:"url" placeholder:"网址" help:"在本机浏览器里打开这个网址"`
	HTML      string `name:"html" placeholder:"文件" help:"读保存的网页（HTML 或 MHTML）"`
	Clipboard string `name:"clipboard" placeholder:"文件" help:"读从网页复制、存成文件的内容；- 为标准输入"`
	All       bool   `name:"all" help:"读列表的每一页"`
	Headless  bool   `name:"headless" help:"浏览器在后台运行，不等人登录"`
	Heading   string `name:"heading" placeholder:"标题" help:"表格上方的标题，页面上有几张相像的表时用"`
}

// Run reads a table; exit code 1 when the page is not as its recipe says.
func (r portalReading) Run(c *call) error {
	given := slices.DeleteFunc([]string{r.URL, r.HTML, r.Clipboard}, func(s string) bool { return s == "" })
	if len(given) != 1 {
		return listing.Fail(listing.CodeInvalid, "--url、--html、--clipboard 要写一个，也只能写一个", "写上要读的网址或文件")
	}
	return c.perhaps(false, func(s *service.Services) error {
		out, err := r.read(c, s)
		if err != nil {
			return err
		}
		headers, err := r.headers(c, s)
		if err != nil {
			return err
		}
		if err := c.out.show(out, func(b *strings.Builder) { c.tableText(b, out, headers) }); err != nil {
			return err
		}
		if len(out.Drift) > 0 {
			return errFindings
		}
		return nil
	})
}

func (r portalReading) read(c *call, s *service.Services) (table.Result, error) {
	switch {
	case r.URL != "":
		return s.Portals.ReadAt(c.watched(), service.PortalAddress{Table: r.Table, Heading: r.Heading, URL: r.URL, All: r.All, Headless: r.Headless})
	case r.HTML != "":
		return s.Portals.ReadSaved(c.ctx, r.Table, r.Heading, r.HTML, false)
	case r.Clipboard == "-":
		raw, err := readInput("-")
		if err != nil {
			return table.Result{}, err
		}
		out, err := s.Portals.ReadClipboard(c.ctx, service.PortalPasted{Table: r.Table, HTML: string(raw)})
		return out.Result, err
	}
	return s.Portals.ReadSaved(c.ctx, r.Table, r.Heading, r.Clipboard, true)
}

// headers are the columns of the table in the order of its recipe.
func (r portalReading) headers(c *call, s *service.Services) ([]string, error) {
	all, err := s.Recipes.List(c.ctx)
	var out []string
	for _, rules := range all {
		for _, t := range rules.Tables {
			if id, _, _ := strings.Cut(t.ID, "/"); id == r.Table || t.ID == r.Table {
				out = append(out, t.Columns...)
			}
		}
	}
	return out, err
}

func (c *call) tableText(b *strings.Builder, t table.Result, headers []string) {
	for i, row := range t.Rows {
		fmt.Fprintf(b, "%d\n", i+1)
		done := map[string]bool{}
		for _, k := range append(headers, slices.Sorted(maps.Keys(row))...) {
			if !done[k] {
				done[k] = true
				line(b, "  "+k, row[k])
			}
		}
	}
	for _, d := range t.Drift {
		c.driftText(b, d)
	}
	for _, n := range t.Notes {
		fmt.Fprintf(b, "提示：%s\n", n)
	}
	if len(t.Drift) == 0 {
		fmt.Fprintf(b, "%s：%d 页，%d 行\n", t.Table, t.Pages, len(t.Rows))
	}
}

// driftText says what does not fit, and by which command the recipe is mended.
func (c *call) driftText(b *strings.Builder, d table.Drift) {
	fmt.Fprintf(b, "[对不上] %s\n", d.Message)
	line(b, "    办法", d.Hint)
	line(b, "    规则行", d.Recipe)
	line(b, "    页面上有", strings.Join(d.Seen, "、"))
	line(b, "    截图", c.pictureAt(d.Picture))
	if strings.HasSuffix(d.Recipe, ".also") || strings.HasSuffix(d.Recipe, ".heading") {
		fmt.Fprintf(b, "    改规则：portal recipes mend \"%s\" 页面上现在的写法\n", d.Recipe)
	}
}

// pictureAt is where a picture lies: a kept one is named by its SHA-256, and stands among the kept files.
func (c *call) pictureAt(name string) string {
	if len(name) != sha256.Size*2 || filepath.Base(name) != name {
		return name
	}
	return filepath.Join(cmp.Or(c.tree.Data, "数据文件夹"), "blobs", name[:2], name) + "（PNG）"
}

type portalFilling struct {
	URL       string `name:"url" required:"" placeholder:"网址" help:"在本机浏览器里打开这个网址"`
	Form      string `name:"form" placeholder:"FORM-1" help:"哪张表：FORM-1 至 FORM-4"`
	App       string `name:"app" placeholder:"应用" help:"填这个应用的资料"`
	Component string `name:"component" placeholder:"组件" help:"FORM-2 一个组件一张表：填哪个组件的，默认应用要申请的第一个"`
	Values    string `name:"values" placeholder:"文件" help:"填文件里的内容（JSON，栏目到值）；- 为标准输入"`
	Headless  bool   `name:"headless" help:"浏览器在后台运行，不等人登录"`
	YesUpload bool   `name:"yes-upload" help:"同意选定文件后马上上传"`
}

// Run fills a form; exit code 1 when any field is not as asked.
func (f portalFilling) Run(c *call) error {
	if (f.App == "") == (f.Values == "") {
		return listing.Fail(listing.CodeInvalid, "--app 和 --values 要写一个，也只能写一个", "填应用的资料，或填文件里的内容")
	}
	in := service.PortalFill{URL: f.URL, Form: f.Form, AppID: f.App, Component: f.Component, Headless: f.Headless, YesUpload: f.YesUpload}
	if f.Values != "" {
		raw, err := readInput(f.Values)
		if err != nil {
			return err
		}
		in.Values = string(raw)
	}
	return c.perhaps(f.App != "", func(s *service.Services) error {
		out, err := s.Portals.Fill(c.watched(), in)
		if err != nil {
			return err
		}
		if err := c.out.show(filledShape{out.Result, out.Drift}, func(b *strings.Builder) { c.fillText(b, out) }); err != nil {
			return err
		}
		if slices.ContainsFunc(out.Fields, func(f fill.Field) bool { return !f.OK }) {
			return errFindings
		}
		return nil
	})
}

// filledShape is the documented answer: what was asked and shown, and drift where there is any.
type filledShape struct {
	fill.Result
	Drift []table.Drift `json:"drift,omitempty"`
}

func fieldText(b *strings.Builder, f fill.Field) {
	word := "不对"
	switch {
	case f.OK && f.Message != "":
		word = "没有填" // the page has no such field, and need not
	case f.OK:
		word = "相同"
	}
	fmt.Fprintf(b, "[%s] %s\n", word, f.Label)
	line(b, "    要填", f.Asked)
	line(b, "    页面显示", f.Shown)
	line(b, "    说明", f.Message)
}

func (c *call) fillText(b *strings.Builder, r service.PortalFilled) {
	good := 0
	for _, f := range r.Fields {
		fieldText(b, f)
		if f.OK && f.Message == "" {
			good++
		}
	}
	for _, d := range r.Drift {
		d.Picture = "" // the same for all, below
		c.driftText(b, d)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(b, "提示：%s\n", n)
	}
	line(b, "截图", c.pictureAt(r.Picture))
	last := "没有提交，请您核对后自己提交"
	if r.PressedFinal {
		last = "填写时页面移动，点到了提交一类的按钮，可能已经提交，请马上到页面上核对"
	}
	fmt.Fprintf(b, "%d 项里有 %d 项与要填的相同；%s\n", len(r.Fields), good, last)
}

type portalRecord struct {
	URL      string `name:"url" required:"" placeholder:"网址" help:"在本机浏览器里打开这个网址"`
	Out      string `name:"out" placeholder:"文件" help:"草稿写到哪里，默认打印出来"`
	Headless bool   `name:"headless" help:"浏览器在后台运行，不等人登录"`
}

// Run drafts a recipe from a page.
func (r portalRecord) Run(c *call) error {
	return c.perhaps(false, func(s *service.Services) error {
		out, err := s.Recipes.Draft(c.watched(), r.URL, r.Headless, c.pageReady(r.Headless))
		if err != nil {
			return err
		}
		if r.Out != "" {
			if err := newDraft(r.Out, out.YAML); err != nil {
				return err
			}
		}
		return c.out.show(out, func(b *strings.Builder) {
			if r.Out == "" {
				b.WriteString(out.YAML)
				return
			}
			line(b, "草稿写在", r.Out)
			line(b, "截图", c.pictureAt(out.Picture))
			b.WriteString("补全之后用 portal recipes import 导入\n")
		})
	})
}

// pageReady waits until the person, who leads the way in the window, says that the page is there.
func (c *call) pageReady(headless bool) func(ctx context.Context) error {
	if headless {
		return nil
	}
	return func(ctx context.Context) error {
		_, _ = fmt.Fprintln(c.Err, "请在浏览器窗口里打开要记录的页面，打开好之后回到这里按回车") // nobody is left to tell
		said := make(chan struct{})
		go func() {
			_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // the end of the input says it too
			close(said)
		}()
		select {
		case <-said:
			return nil
		case <-ctx.Done():
			return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
		}
	}
}

// newDraft writes a draft to a new file.
func newDraft(path, body string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = f.WriteString(body)
		if closed := f.Close(); err == nil {
			err = closed
		}
	}
	if err != nil {
		return listing.Failf(listing.CodeUnwritable, "换一个文件名；已经有的文件不会被覆盖", "写不了文件“%s”", path).Because(err)
	}
	return nil
}

type recipesCommand struct {
	List   recipesList   `cmd:"" help:"现在用的页面规则"`
	Show   recipesShow   `cmd:"" help:"一份页面规则的全文，可以改好再导入"`
	Import recipesImport `cmd:"" help:"导入页面规则"`
	Mend   recipesMend   `cmd:"" help:"照“对不上”里写的规则行改一处"`
	Reset  recipesReset  `cmd:"" help:"改回程序自带的页面规则"`
}

type recipesList struct{}

// Run lists the recipes.
func (recipesList) Run(c *call) error {
	return c.perhaps(false, func(s *service.Services) error {
		all, err := s.Recipes.List(c.ctx)
		if err != nil {
			return err
		}
		return c.out.show(all, func(b *strings.Builder) {
			for _, r := range all {
				recipeText(b, r)
			}
		})
	})
}

func recipeText(b *strings.Builder, r service.RecipeInfo) {
	whence := "程序自带"
	if r.Own {
		whence = r.ChangedBy + " 于 " + r.ChangedAt + " 改动 " + r.FileName
	}
	fmt.Fprintf(b, "%s  %s  %s（%s）\n", r.ID, r.Title, r.Version, strings.TrimSpace(whence))
	line(b, "    没有采用的改动", r.Unused)
	for _, t := range r.Tables {
		fmt.Fprintf(b, "    %s %s：%s\n", t.ID, t.Title, strings.Join(t.Columns, "、"))
	}
	for _, f := range r.Forms {
		fmt.Fprintf(b, "    %s %s\n", f.ID, f.Title)
	}
}

type recipesShow struct {
	ID string `arg:"" name:"规则" help:"编号，见 portal recipes list"`
}

// Run prints a recipe.
func (k recipesShow) Run(c *call) error {
	return c.perhaps(false, func(s *service.Services) error {
		text, err := s.Recipes.Show(c.ctx, k.ID)
		if err != nil {
			return err
		}
		return c.out.show(map[string]string{"id": k.ID, "yaml": text}, func(b *strings.Builder) { b.WriteString(text) })
	})
}

type recipesImport struct {
	File string `arg:"" name:"文件" help:"页面规则（YAML）"`
	Sum  string `name:"sha256" placeholder:"校验码" help:"文件的 SHA-256；文件末行写有“# sha256: …”时可以不给"`
}

// Run imports a recipe.
func (k recipesImport) Run(c *call) error {
	return c.changedRecipe(func(s *service.Services) (service.RecipeInfo, error) {
		return s.Recipes.ImportFile(c.ctx, service.ProofFile{Name: filepath.Base(k.File), Path: k.File}, k.Sum)
	})
}

type recipesMend struct {
	Line  string `arg:"" name:"规则行" help:"例如 irs tables[TABLE-1].columns[状态].also"`
	Value string `arg:"" name:"值" help:"页面上现在的写法"`
}

// Run mends one line of a recipe.
func (k recipesMend) Run(c *call) error {
	return c.changedRecipe(func(s *service.Services) (service.RecipeInfo, error) { return s.Recipes.Mend(c.ctx, k.Line, k.Value) })
}

type recipesReset struct {
	ID string `arg:"" name:"规则" help:"编号，见 portal recipes list"`
}

// Run goes back to the recipe that comes with the program.
func (k recipesReset) Run(c *call) error {
	return c.changedRecipe(func(s *service.Services) (service.RecipeInfo, error) { return s.Recipes.Reset(c.ctx, k.ID) })
}

func (c *call) changedRecipe(do func(*service.Services) (service.RecipeInfo, error)) error {
	return c.with(func(s *service.Services) error {
		r, err := do(s)
		if err != nil {
			return err
		}
		return c.out.show(r, func(b *strings.Builder) { recipeText(b, r) })
	})
}
