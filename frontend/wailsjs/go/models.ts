export namespace bind {
	
	export class SmokeReport {
	    version: string;
	    title: string;
	    text: string;
	    error: string;
	
	    static createFrom(source: any = {}) {
	        return new SmokeReport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.title = source["title"];
	        this.text = source["text"];
	        this.error = source["error"];
	    }
	}

}

