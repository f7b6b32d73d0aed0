package lint
import ("testing";"os";"context";"time";"fmt";"shangjiatong/app/tracking")
func TestProf(t *testing.T){
 f,_:=tracking.CurrentFacts()
 t0:=time.Now()
 r,err:=Check(context.Background(),Input{Facts:f,Params:tracking.Params{Identifier:"demo_parking",SappID:"40001",SappName:"demo_parking",Bid:"demo_parking_zzdpro",Signkey:"1234567890abcdef"},Code:os.DirFS(os.Getenv("SITE")),Target:"x"})
 if err!=nil{t.Fatal(err)}
 fmt.Println(time.Since(t0)); for _,x:=range r.Findings{fmt.Printf("%s %s %s:%d:%d %s\n",x.Rule,x.Level,x.File,x.Line,x.Column,x.Message)}
}
