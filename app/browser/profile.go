package browser

import "shangjiatong/app/listing"

// inUse is the error for a profile that another browser works with.
func inUse(folder string) error {
	return listing.Failf(listing.CodeConflict,
		"请先关闭程序打开的那个浏览器窗口（或另一个正在运行的上架通），再试一次；窗口已经没有了的，过几秒再试，或者重新登录系统",
		"这个平台的浏览器窗口已经开着，同一份登录资料不能同时用两次：%s", folder)
}
