package table

import (
	"fmt"
	"strings"
	"testing"
)

// Parts of one list that stand apart on the page: read whole, or refused; never with a column left empty.
func TestPartsOfATableApart(t *testing.T) {
	const (
		head  = "<thead><tr><th>名称<th>状态<th>地址</thead>"
		whole = `[{"名称":"甲","地址":"x","状态":"已发布"},{"名称":"乙","地址":"y","状态":"已下线"}]`
	)
	across := func(n int) string { return fmt.Sprintf(`%s="%d %d"`, AcrossAttribute, n*100, n*100+100) }
	placed := fmt.Sprintf("<thead><tr><th %s>名称<th %s>状态<th %s>地址</thead>", across(0), across(1), across(2))
	for name, c := range map[string]struct{ page, rows, drift string }{
		"a header laid over that of the list": {`<p>样表</p><div><div><table>` + head + `</table></div><div><p data-sjt-faint>正在努力地加载数据</p><table>` + head +
			`<tbody><tr><td>甲<td>已发布<td>x<tr><td>乙<td>已下线<td>y</table></div></div>`, whole, ""},
		"a copy that shows what is half hidden": {`<div><div><table>` + head + `<tbody><tr><td>甲<td>已发布<td><i data-sjt-faint>x1 </i>x2<tr><td>乙<td>已下线<td>y</table></div>
			<div><table>` + head + `<tbody><tr><td>甲<td>已发布<td><i>x1 </i>x2<tr><td>乙<td>已下线<td>y</table></div></div>`,
			strings.Replace(whole, `"x"`, `"x1 x2"`, 1), ""},
		"columns held apart, named by the rows": {`<div role=table><div role=row><b role=columnheader>状态</b><b role=columnheader>地址</b></div>
			<div role=row rowkey=1><b role=cell>已发布</b><b role=cell>x</b></div><div role=row rowkey=2><b role=cell>已下线</b><b role=cell>y</b></div></div>
			<div role=table><div role=row><b role=columnheader>名称</b></div><div role=row rowkey=1><b role=cell>甲</b></div><div role=row rowkey=2><b role=cell>乙</b></div></div>`, whole, ""},
		"fixed cells under a whole header": {`<div><div><table>` + placed + `</table></div><div><table><tbody><tr rowid=1><td><td>已发布<td>x<tr rowid=2><td><td>已下线<td>y</table></div></div>
			<div><div><table>` + placed + `</table></div><div><table><tbody><tr rowid=1><td ` + across(0) + `>甲<tr rowid=2><td ` + across(0) + `>乙</table></div></div>`, whole, ""},
		"the same, nobody knows where": {`<p>样表</p><div><div><table>` + head + `</table></div><div><table><tbody><tr rowid=1><td><td>已发布<td>x<tr rowid=2><td><td>已下线<td>y</table></div></div>
			<div><div><table>` + head + `</table></div><div><table><tbody><tr rowid=1><td>甲<tr rowid=2><td>乙</table></div></div>`, "[]", Ragged},
		"rows that are no table's": {`<div><div><table>` + head + `</table></div><div><div data-row-key=1><i>甲</i><i>已发布</i><i>x</i></div></div></div>`, "[]", Ragged},
		"the same without keys":    {`<div><table>` + head + `</table><ul><li><i>甲</i><i>已发布</i><i>x</i></li><li><i>乙</i><i>已下线</i><i>y</i></li></ul></div>`, "[]", Ragged},
		"headers that are plain cells, parts apart": {`<div><div><table><tr><td>名称</table></div><div><table><tr rowid=1><td>甲<tr rowid=2><td>乙</table></div></div>
			<div><div><table><tr><td>状态<td>地址</table></div><div><table><tr rowid=1><td>已发布<td>x<tr rowid=2><td>已下线<td>y</table></div></div>`, whole, ""},
		"a header of plain cells": {`<div><table><tr><td>名称<td>状态<td>地址</table><table><tr><td>甲<td>已发布<td>x<tr><td>乙<td>已下线<td>y</table></div>`, whole, ""},
		"it could not be loaded":  {`<table>` + head + `<tbody><tr><td colspan=3>加载失败，请重试</table>`, "[]", Ragged},
		"texts cut short":         {`<table>` + head + `<tbody><tr><td>甲<td title="已发布">已发…<td>x<tr><td>乙<td><i title="已下线">已下...</i><td>y</table>`, whole, ""},
		"more of a row below it": {`<table><thead><tr><th>名称<th>状态<th>地址<th>操作</thead><tbody><tr><td>甲<td>已发布<td>x<td>看<tr><td><td colspan=3>详细<tr><td>乙<td>已下线<td>y<td>看</table>`,
			strings.ReplaceAll(whole, `"状态"`, `"操作":"看","状态"`), ""},
		"none, and a pager below": {`<div><table>` + head + `</table><p>暂无数据</p><ul><li>上一页</li><li><i>1</i></li><li>下一页</li></ul></div>`, "[]", ""},
	} {
		want := people()
		want[0].Heading = "样表"
		res := read(t, c.page, want)
		drift := ""
		if len(res.Drift) > 0 {
			drift = res.Drift[0].Kind
		}
		if got := rowsJSON(t, res); got != c.rows || drift != c.drift {
			t.Errorf("%s: got %s, want %s, %+v", name, got, c.rows, res.Drift)
		}
	}
}
