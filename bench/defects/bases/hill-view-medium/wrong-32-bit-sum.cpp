// Wrong: the sum does not fit into 32 bits.
#include <cstdio>
#include <stack>
#include <utility>
int main() {
    int n;
    scanf("%d", &n);
    int sum = 0;
    std::stack<std::pair<int, int>> open;
    for (int i = 0; i < n; i++) {
        int h;
        scanf("%d", &h);
        while (!open.empty() && open.top().first < h) {
            sum += i - open.top().second;
            open.pop();
        }
        open.push({h, i});
    }
    printf("%d\n", sum);
}
