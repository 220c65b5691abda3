// Right: how many of each weight, whole groups at once.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    scanf("%d", &n);
    map<long long, long long> present;
    long long heavy = 0, light = 0;
    for (int i = 0; i < n; i++) {
        char op;
        long long x;
        scanf(" %c %lld", &op, &x);
        if (op == 'A') {
            present[x]++;
            continue;
        }
        while (x > 0 && !present.empty()) {
            auto group = op == 'H' ? prev(present.end()) : present.begin();
            long long some = min(x, group->second);
            (op == 'H' ? heavy : light) += some * group->first;
            x -= some;
            group->second -= some;
            if (group->second == 0) present.erase(group);
        }
    }
    printf("%lld %lld\n", heavy, light);
}
