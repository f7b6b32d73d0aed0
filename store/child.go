package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"

	"shangjiatong/app/listing"
	"shangjiatong/store/record"
)

// maxAnswer is how much of the child's output is kept, in bytes.
const maxAnswer = 4 << 20

// childAnswer is what the checking process prints: exactly one of the two.
type childAnswer struct {
	Report *Report        `json:"report,omitempty"`
	Error  *listing.Error `json:"error,omitempty"`
}

// VerifyMain is what the hidden command `store verify-child --file PATH` runs: it verifies and writes one line of JSON
// for VerifyChild. The error is one of writing.
func VerifyMain(path string, w io.Writer) error {
	rep, err := Verify(context.Background(), path)
	answer := childAnswer{Report: &rep}
	if err != nil {
		answer = childAnswer{Error: listing.AsError(err)}
	}
	raw, err := record.Marshal(answer)
	if err != nil {
		return err
	}
	_, err = w.Write(append(raw, '\n'))
	return err
}

// VerifyChild has the program exe check a database in a process of its own, so that a crash over a damaged page
// becomes a ProblemCrash instead of taking this process down. Errors as in Verify; CodeInternal when exe cannot be run.
func VerifyChild(ctx context.Context, exe, path string) (Report, error) {
	cmd := exec.CommandContext(ctx, exe, "store", "verify-child", "--file", path) //nolint:gosec // our own binary
	out, grumble := &limited{}, &limited{}
	cmd.Stdout, cmd.Stderr = out, grumble
	hideWindow(cmd)
	ran := cmd.Run()
	if err := stopped(ctx); err != nil {
		return Report{}, err
	}
	var exit *exec.ExitError
	if ran != nil && !errors.As(ran, &exit) {
		return Report{}, listing.Fail(listing.CodeInternal, "无法启动校验进程", "请重新打开程序再试").Because(ran)
	}
	if ran == nil {
		answer, err := parseAnswer(out.Bytes())
		switch {
		case err == nil && answer.Error != nil:
			return Report{}, answer.Error
		case err == nil:
			return *answer.Report, nil
		}
	}
	return crashed(path, ran, grumble.Bytes()), nil
}

// parseAnswer reads what a checking process printed.
func parseAnswer(raw []byte) (childAnswer, error) {
	var answer childAnswer
	if err := record.Unmarshal(raw, &answer); err != nil {
		return answer, err
	}
	if (answer.Report == nil) == (answer.Error == nil) {
		return answer, errors.New("neither report nor error")
	}
	if answer.Report != nil && answer.Report.OK != (len(answer.Report.Problems) == 0) {
		return answer, errors.New("report contradicts itself")
	}
	return answer, nil
}

func crashed(path string, ran error, grumble []byte) Report {
	rep := newReport(path)
	why := "没有给出结果"
	if ran != nil {
		why = ran.Error()
	}
	if line, _, _ := bytes.Cut(grumble, []byte("\n")); len(line) > 0 {
		why += fmt.Sprintf("：%.200s", line)
	}
	rep.add(ProblemCrash, path, wayOut, "校验数据文件时进程崩溃（%s），文件已严重损坏", why)
	return rep
}

// ChildCheck returns a Check for Options that runs VerifyChild with exe.
func ChildCheck(exe string) func(ctx context.Context, path string) (Report, error) {
	return func(ctx context.Context, path string) (Report, error) { return VerifyChild(ctx, exe, path) }
}

// limited keeps the beginning of what is written to it.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	l.Buffer.Write(p[:min(len(p), max(0, maxAnswer-l.Len()))])
	return len(p), nil
}
