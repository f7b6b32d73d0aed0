package recipe

import (
	"strings"

	"shangjiatong/app/forms"
)

// form checks a form: what its labels are, and that what goes there is known.
func (c *checker) form(f *Form, seen map[string]bool) {
	at := "forms[" + clip(f.ID) + "]"
	c.page(at, f.ID, seen)
	c.text(at+".title", f.Title)
	c.marks(at+".marks", f.Marks)
	c.count(at+".fields", len(f.Fields))
	if len(f.Fields) == 0 {
		c.fail(at+".fields", "一个字段也没有写")
	}
	taken := map[string]string{} // label → heading it was seen under
	for i := range f.Fields {
		field := &f.Fields[i]
		place := at + ".fields[" + clip(field.Label) + "]"
		c.labels(place, field, taken)
		c.field(place, f, field)
	}
}

// labels refuses a label that stands twice where headings do not tell the two apart.
func (c *checker) labels(place string, f *Field, taken map[string]string) {
	c.count(place+".also", len(f.Also))
	if f.Heading != "" {
		c.text(place+".heading", f.Heading)
	}
	if strings.Contains(f.Label+f.Heading, ">") {
		c.fail(place, "名称里不能有“>”，它用来隔开标题和名称")
	}
	heading := Plain(f.Heading)
	for _, text := range f.Texts() {
		c.text(place, text)
		other, twice := taken[Plain(text)]
		if twice && (other == "" || heading == "" || strings.Contains("\n"+other+"\n", "\n"+heading+"\n")) {
			c.fail(place, "“%s”出现了两次，要各写上不同的 heading 才分得清", clip(text))
		}
		taken[Plain(text)] = strings.TrimPrefix(other+"\n"+heading, "\n")
	}
}

func (c *checker) field(place string, form *Form, f *Field) {
	if !among(kinds, f.As) {
		c.fail(place+".as", "“%s”不是填写的方式，只能是 %s", clip(f.As), kinds)
	}
	c.fact(place+".fact", f)
	c.rows(place+".rows", f)
	if f.Join != "" && (f.As != "text" || len([]rune(f.Join)) > 4) {
		c.fail(place+".join", "只有 as: text 能写 join，而且不超过 4 个字")
	}
	if f.When == "" {
		return
	}
	label, word, ok := strings.Cut(f.When, "=")
	if !ok || label == "" || word == "" || label == f.Label || form.Field(label) == nil {
		c.fail(place+".when", "要写成“同一张表单的另一个名称=选项”，现在是“%s”", clip(f.When))
	}
}

// fact checks that what goes into a field exists and is of a kind that can go there. Drafts have no facts yet.
func (c *checker) fact(place string, f *Field) {
	slot, isSlot := strings.CutPrefix(f.Fact, "slots.")
	known := c.cat.Field(f.Fact)
	files := false
	switch {
	case f.Fact == "":
		return
	case f.Fact == listed, isSlot && c.cat.Slot(slot) != nil, f.Fact == "upload.file":
		files = true
	case among(uploads, f.Fact):
	case known != nil:
		files = known.Type == forms.File
		if (known.Type == forms.People) != (f.As == "rows") {
			c.fail(place, "%s 和填写方式 %s 不相配", clip(f.Fact), clip(f.As))
		}
	default:
		c.fail(place, "没有“%s”这一项资料", clip(f.Fact))
	}
	if files != (f.As == "files") {
		c.fail(place, "%s 和填写方式 %s 不相配", clip(f.Fact), clip(f.As))
	}
}

func (c *checker) rows(place string, f *Field) {
	if (f.As == "rows") != (len(f.Rows) > 0) {
		c.fail(place, "as: rows 的字段要写明一行里的名称，别的字段不能写")
	}
	c.count(place, len(f.Rows))
	taken := map[string]bool{}
	for _, cell := range f.Rows {
		if !among(parts, cell.Part) && (f.Fact != "" || cell.Part != "") {
			c.fail(place, "“%s”不是联系人的一项，只能是 %s", clip(cell.Part), parts)
		}
		for _, text := range append([]string{cell.Label}, cell.Also...) {
			c.text(place, text)
			if taken[Plain(text)] {
				c.fail(place, "“%s”在一行里出现了两次", clip(text))
			}
			taken[Plain(text)] = true
		}
	}
}
