package portaltest

import (
	"fmt"
	"os"
	"path/filepath"
)

// form25 has 25 fields of every kind: the measure of accuracy and speed.
func form25() *Form {
	phone, phoneSays := `^1\d{10}$`, "请输入正确的手机号码"
	return &Form{ID: "FORM-25", Steps: []Step{{Title: "填写", Groups: []Group{
		{Heading: "基本信息", Fields: []Field{
			{Label: "应用名称", Kind: Text, Required: true, Server: true},
			{Label: "应用简介", Kind: Long, Required: true},
			{Label: "预计用户数", Kind: Number},
			{Label: "建设层级", Kind: Radio, Options: words("国家", "省级", "市级", "县(市、区)", "乡镇(街道)", "村(社区)"), Required: true},
			{Label: "网络环境", Kind: Check, Options: words("政务内网", "政务外网", "互联网", "业务专网", "单机"), Required: true},
			{Label: "建设模式", Kind: Select, Options: words("揭榜挂帅(试点建设)", "地方特色(省级特色)", "自主建设"), Required: true},
			{Label: "应用领域", Kind: Multiple, Options: words("党政机关整体智治", "数字政府", "数字经济", "数字社会", "数字法治", "数字文化")},
		}},
		{Heading: "单位与区域", Fields: []Field{
			{Label: "行政区划", Kind: Path, Options: areas()},
			{Label: "建设部门", Kind: Select, Remote: "departments", Required: true},
			{Label: "归属目录", Kind: Select, Virtual: true, Filter: true, Options: catalogue()},
			{Label: "立项日期", Kind: Date, Fixed: true},
			{Label: "计划上线日期", Kind: Date},
			{Label: "是否统建", Kind: Switch},
			{Label: "是否协同", Kind: Radio, Options: words("是", "否")},
		}},
		{Heading: "建设依据", Fields: []Field{
			{Label: "建设依据", Kind: Check, Options: words("政策文件", "领导讲话及批示", "部门内部会议/文件", "其他")},
			{Label: "其他(请注明)", Kind: Text, When: &When{Label: "建设依据", Has: "其他"}},
			{Label: "建设方案", Kind: Files, Verb: "请上传"},
			{Label: "补充材料", Kind: Files, Collect: true, Many: true},
		}},
		{Heading: "业主单位", Fields: []Field{
			{Label: "单位名称", Kind: Text},
			{Label: "联系电话", Kind: Text, Pattern: phone, Message: phoneSays},
		}},
		{Heading: "开发商信息", Fields: []Field{
			{Label: "单位名称", Kind: Text},
			{Label: "联系电话", Kind: Text, Pattern: phone, Message: phoneSays},
			{Label: "社会信用编码", Kind: Text, Server: true},
			{Label: "开发商联系方式", Kind: Rows, Add: "+ 新增联系方式", Cells: []Field{{Label: "姓名", Required: true}, {Label: "电话", Required: true}}},
		}},
		{Heading: "其他说明", Fields: []Field{{Label: "备注", Kind: Long}}},
	}}}}
}

func words(texts ...string) []Option {
	var out []Option
	for _, t := range texts {
		out = append(out, Option{Text: t})
	}
	return out
}

func areas() []Option {
	var out []Option
	for _, city := range []string{"示例市", "样本市", "模拟市"} {
		var districts []Option
		for _, district := range []string{"甲区", "乙区", "丙县"} {
			districts = append(districts, Option{Text: district, Children: words(district+"一街道", district+"二街道", district+"三镇")})
		}
		out = append(out, Option{Text: city, Children: districts})
	}
	return out
}

func catalogue() []Option {
	var out []Option
	for n := range 500 {
		out = append(out, Option{Text: fmt.Sprintf("目录%03d号", n+1)})
	}
	return out
}

// departments are found on the server only.
func departments() []string {
	return []string{"技术保障科", "技术推广科", "综合管理科", "数据资源科", "应用推进科", "安全保障科"}
}

// Sample returns good values for FORM-25 in the shape of "portal fill --values", with the files they need written to
// dir, and what the page's model then holds.
func Sample(dir string) (values map[string]map[string]any, want map[string]any, err error) {
	plan, more, other := filepath.Join(dir, "建设方案.pdf"), filepath.Join(dir, "附件一.docx"), filepath.Join(dir, "附件二.docx")
	for _, path := range []string{plan, more, other} {
		if err := os.WriteFile(path, []byte("%PDF-1.4\n"+filepath.Base(path)), 0o600); err != nil {
			return nil, nil, fmt.Errorf("sample file: %w", err)
		}
	}
	rows := []map[string]string{{"姓名": "联系人甲", "电话": "13800000001"}, {"姓名": "联系人乙", "电话": "13800000002"}}
	values = map[string]map[string]any{
		"开发商联系方式": {"rows": rows}, "建设方案": {"files": []string{plan}}, "补充材料": {"files": []string{more, other}},
	}
	want = map[string]any{
		"开发商联系方式": []any{map[string]any{"姓名": "联系人甲", "电话": "13800000001"}, map[string]any{"姓名": "联系人乙", "电话": "13800000002"}},
		"建设方案":    []any{"建设方案.pdf"}, "补充材料": []any{"附件一.docx", "附件二.docx"},
	}
	for label, text := range map[string]string{
		"应用名称": "示例督办", "应用简介": "供本单位工作人员登记、跟踪和催办督办事项。", "预计用户数": "120", "其他(请注明)": "主任办公会纪要",
		"业主单位>单位名称": "示例市数据中心", "业主单位>联系电话": "13800000003", "开发商信息>单位名称": "示例科技有限公司",
		"开发商信息>联系电话": "13800000004", "社会信用编码": "91330199MA0000000R", "备注": "第一行\n第二行",
	} {
		values[label], want[label] = map[string]any{"text": text}, text
	}
	for label, word := range map[string]string{"建设层级": "县(市、区)", "建设模式": "自主建设", "建设部门": "技术推广科", "归属目录": "目录377号", "是否协同": "否"} {
		values[label], want[label] = map[string]any{"choose": word}, word
	}
	for label, list := range map[string][]any{"网络环境": {"政务外网", "互联网"}, "应用领域": {"数字政府", "数字社会"}, "建设依据": {"政策文件", "其他"}} {
		values[label], want[label] = map[string]any{"check": list}, list
	}
	for label, day := range map[string]string{"立项日期": "2026-03-09", "计划上线日期": "2026-12-01"} {
		values[label], want[label] = map[string]any{"date": day}, day
	}
	values["行政区划"], want["行政区划"] = map[string]any{"path": []any{"样本市", "丙县", "丙县三镇"}}, []any{"样本市", "丙县", "丙县三镇"}
	values["是否统建"], want["是否统建"] = map[string]any{"switch": true}, true
	return values, want, nil
}
