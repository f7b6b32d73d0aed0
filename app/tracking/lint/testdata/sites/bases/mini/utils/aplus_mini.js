/* SDK */
module.exports = function (options) { return { aplus_queue: { push: function () {} }, options: options } }
