// Command gen writes the generated tracking code of a made-up application, one folder per stack with its page table
// (pages.json), for the browser test beside it and for build/fixtures: go run ./app/tracking/browsertest/gen OUT
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen OUT")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(out string) error {
	params := tracking.Params{
		Name: "城市停车一件事", Identifier: "demo_parking", Kind: listing.KindMiniPC, // has every stack
		SappID: "40001", SappName: "demo_parking", Bid: "demo_parking_zzdpro", Signkey: "1234567890abcdef",
	}
	const site = "https://demo.example.com/web/demo/reserved/"
	files := []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: site + "index.html"},
		{PageID: "list", PageName: "办件列表", PageURL: site + "pages/list.html"},
		{PageID: "about", PageName: "关于", PageURL: "about.html"},
	}
	routes := []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: site + "index.html"},
		{PageID: "list", PageName: "办件列表", PageURL: site + "index.html#/list"},
		{PageID: "detail", PageName: "办件详情", PageURL: site + "index.html#/detail/:id"},
		{PageID: "mine", PageName: "我的", PageURL: site + "index.html#/elsewhere"},
	}
	ends := []listing.Page{
		{PageID: "pc_home", PageName: "电脑端首页", PageURL: site + "pc/index.html"},
		{PageID: "mobile_home", PageName: "手机端首页", PageURL: site + "mobile/index.html"},
	}
	screens := []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: "pages/index/index"},
		{PageID: "list", PageName: "办件列表", PageURL: "pages/list/list"},
		{PageID: "detail", PageName: "办件详情", PageURL: site + "index.html#/pages/detail/detail"},
	}
	pages := map[tracking.Stack][]listing.Page{
		tracking.StackStatic: files, tracking.StackJQuery: files, tracking.StackEntry: ends,
		tracking.StackVue2: routes, tracking.StackVue3: routes, tracking.StackReact: routes,
		tracking.StackUniApp: screens, tracking.StackMini: screens,
	}
	for _, stack := range tracking.Stacks() {
		bundle, err := tracking.Generate(stack, params, pages[stack])
		if err != nil {
			return err
		}
		if err := save(filepath.Join(out, string(stack)), bundle); err != nil {
			return err
		}
		if err := saveJSON(filepath.Join(out, string(stack), "pages.json"), pages[stack]); err != nil {
			return err
		}
	}
	return saveJSON(filepath.Join(out, "params.json"), params)
}

func saveJSON(path string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, body, 0o600)
}

func save(folder string, bundle tracking.Bundle) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	for _, file := range bundle.Files {
		if err := os.WriteFile(filepath.Join(folder, file.Name), []byte(file.Body), 0o600); err != nil {
			return err
		}
	}
	return nil
}
